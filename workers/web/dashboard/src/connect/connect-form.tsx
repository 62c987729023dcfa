import { useState } from 'preact/hooks'
import { messageOf, post, queryOf } from '../api/client.ts'
import type { Session } from '../api/types.ts'
import { Notice } from '../components/notice.tsx'
import { Panel } from '../components/panel.tsx'
import { Link } from '../router.tsx'
import { type ConnectorView, type SettingSchema, settingsToAsk } from './connectors.ts'

interface ConnectFormProps {
  connector: ConnectorView
  session: Session | null
}

interface Invitation {
  url: string
}

/** Asks for what the partner's page needs, then goes there, or makes a link for the merchant who does. */
export function ConnectForm({ connector, session }: ConnectFormProps) {
  const [values, setValues] = useState<Record<string, string>>({ connection: `my-${connector.id}` })
  const [invitation, setInvitation] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const asked = settingsToAsk(connector)
  const input = (name: string) => ({
    value: values[name] ?? '',
    onInput: (event: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: event.currentTarget.value.trim() }),
  })

  const invite = async () => {
    const { connection, tenant, ...settings } = values
    setError(null)
    await post<Invitation>('/invitations', {
      ...{ connector: connector.id, connection, settings },
      ...(tenant ? { tenant } : {}),
    }).then(
      ({ url }) => setInvitation(url),
      problem => setError(messageOf(problem)),
    )
  }

  return (
    <Panel id="store" title="Which store?">
      <form
        class="connect-form"
        onSubmit={event => {
          event.preventDefault()
          // A form that ends on another site is not allowed here; a step to it is.
          location.assign(`/connect/${encodeURIComponent(connector.id)}${queryOf(values)}`)
        }}
      >
        <Field label="Name of the connection" hint="Lower-case letters, digits and hyphens; stays for ever.">
          <input {...input('connection')} required pattern="[a-z0-9]([a-z0-9\-]{0,62}[a-z0-9])?" />
        </Field>
        {session?.tenant === null && (
          <Field label="Tenant" hint="Whose store it is; may stay empty where there is one tenant only.">
            <input {...input('tenant')} />
          </Field>
        )}
        {asked.map(([name, schema]) => (
          <Field key={name} label={schema.title ?? name} hint={schema.description}>
            <Setting schema={schema} {...input(name)} />
          </Field>
        ))}
        {error && (
          <Notice tone="bad" title="There is no link.">
            {error}
          </Notice>
        )}
        {invitation && (
          <Field label="Send this to the merchant; it works once, for a day">
            <input readOnly value={invitation} onFocus={event => event.currentTarget.select()} />
          </Field>
        )}
        <div class="actions">
          <button type="submit" class="primary">
            Go to {connector.name}
          </button>
          <button type="button" onClick={() => void invite()}>
            Make a link for the merchant
          </button>
          <Link to="/connect-a-store" class="button quiet">
            Another partner
          </Link>
        </div>
      </form>
    </Panel>
  )
}

interface SettingProps {
  schema: SettingSchema
  value: string
  onInput(event: { currentTarget: { value: string } }): void
}

/** Not by the `pattern` attribute: browsers read that by stricter rules than JSON Schema's, and leave out what they cannot read. */
const fits = ({ pattern }: SettingSchema, value: string): boolean =>
  pattern === undefined || value === '' || new RegExp(pattern, 'u').test(value)

function Setting({ schema, ...rest }: SettingProps) {
  if (!schema.enum)
    return (
      <input
        {...rest}
        required
        ref={field => field?.setCustomValidity(fits(schema, rest.value) ? '' : 'It does not look like one.')}
      />
    )
  return (
    <select {...rest} required>
      <option value="">Choose…</option>
      {schema.enum.map(value => (
        <option key={value}>{value}</option>
      ))}
    </select>
  )
}

function Field({
  label,
  hint,
  children,
}: {
  label: string
  hint?: string
  children: preact.ComponentChildren
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label>
      {label}
      {children}
      {hint && <small>{hint}</small>}
    </label>
  )
}
