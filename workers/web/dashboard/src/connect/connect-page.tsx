import type { List, Session } from '../api/types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Notice } from '../components/notice.tsx'
import { Empty, Panel, Skeleton } from '../components/panel.tsx'
import { may } from '../dead-letters/may.ts'
import { Link } from '../router.tsx'
import { ConnectForm } from './connect-form.tsx'
import type { ConnectorView } from './connectors.ts'

interface ConnectPageProps {
  /** Chosen in the address. */
  chosen: string | null
  session: Session | null
}

/** A merchant's way in: choose the partner, name the store, agree there. */
export function ConnectPage({ chosen, session }: ConnectPageProps) {
  const { value, error } = useAnswer<List<ConnectorView>>('/connectors?limit=200')
  const offered = value?.items.filter(({ connects }) => connects !== 'no') ?? []
  const connector = offered.find(({ id }) => id === chosen) ?? null
  return (
    <>
      <div class="page-head">
        <h1>{connector ? `Connect ${connector.name}` : 'Connect a store'}</h1>
        <p>You agree on the partner’s own page. Crossdock never sees a password there.</p>
      </div>
      {error && (
        <Notice tone="bad" title="The partners cannot be shown.">
          {error}
        </Notice>
      )}
      {!may(session, 'connections') && session ? (
        <Notice tone="info" title="Your role may look only.">
          Ask an administrator for a link to connect a store.
        </Notice>
      ) : connector ? (
        <ConnectForm key={connector.id} connector={connector} session={session} />
      ) : (
        <Partners offered={offered} loading={!value && !error} />
      )}
    </>
  )
}

function Partners({ offered, loading }: { offered: readonly ConnectorView[]; loading: boolean }) {
  return (
    <Panel id="partners" title="Where is the store?">
      {loading && <Skeleton lines={4} height={40} />}
      {!loading && offered.length === 0 && (
        <Empty title="No partner here is connected by agreement.">
          Their connections are made with secrets: <code>npm run -s hub -- connections add --help</code>
        </Empty>
      )}
      <ul class="partners">
        {offered.map(({ id, name, kind, connects }) => (
          <li key={id}>
            {connects === 'yes' ? (
              <Link to={`/connect-a-store?connector=${encodeURIComponent(id)}`} class="partner">
                <Name name={name} note={kind} />
              </Link>
            ) : (
              <span class="partner off">
                <Name name={name} note="An administrator has to give the app first." />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const Name = ({ name, note }: { name: string; note: string }) => (
  <>
    <i aria-hidden="true">{name.slice(0, 1)}</i>
    <span>
      <b>{name}</b>
      <small>{note}</small>
    </span>
  </>
)
