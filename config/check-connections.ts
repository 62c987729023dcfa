import type { Manifest } from '#core/contracts/connector.ts'
import type { CheckSchema } from './check-schema.ts'
import { coerce } from './coerce.ts'
import { suggest } from './nearest.ts'
import type { Path, Problems } from './problems.ts'
import type { DeclaredConnection, HubConfig } from './schema.ts'
import type { Entries } from './sound-items.ts'

export interface ConnectionChecks {
  tenants: ReadonlySet<string>
  /** By connector: what an app gives, a connection need not have. */
  apps: HubConfig['apps']
  manifests: ReadonlyMap<string, Manifest>
  checkSchema: CheckSchema
  problems: Problems
}

/** What the schema of the hub cannot know: tenants, connectors, and what each connector's manifest asks for. */
export function checkConnections(
  connections: Entries<DeclaredConnection>,
  checks: ConnectionChecks,
): DeclaredConnection[] {
  const { tenants, manifests, problems } = checks
  return connections.map(([index, connection]) => {
    const path = ['connections', index]
    if (!tenants.has(connection.tenant)) {
      problems.invalid(
        [...path, 'tenant'],
        'is no tenant of `tenants`',
        suggest(String(connection.tenant), tenants),
      )
    }
    const manifest = manifests.get(connection.connector)
    if (!manifest) {
      problems.invalid(
        [...path, 'connector'],
        'is no connector',
        suggest(String(connection.connector), manifests.keys()),
      )
      return connection
    }
    const settings = checkSettings(connection.settings, manifest, path, checks)
    checkSecrets(connection.secrets, manifest, path, checks)
    return { ...connection, settings }
  })
}

type Settings = DeclaredConnection['settings']

function checkSettings(
  given: Settings,
  manifest: Manifest,
  path: Path,
  { checkSchema, problems }: ConnectionChecks,
): Settings {
  // Unless a manifest says otherwise, a key that it does not name is a typing mistake.
  const schema = { additionalProperties: false, ...manifest.settings }
  const settings = coerce(schema, given) as Settings
  problems.add(...checkSchema(schema, settings, [...path, 'settings']))
  return settings
}

/** What every connection by OAuth may have, whatever its manifest names. */
const OAUTH_SECRETS: Readonly<Record<string, { rotatable?: boolean }>> = {
  clientId: {},
  clientSecret: { rotatable: true },
  accessToken: {},
  refreshToken: {},
}

function checkSecrets(
  given: DeclaredConnection['secrets'],
  manifest: Manifest,
  path: Path,
  { problems, apps }: ConnectionChecks,
): void {
  for (const [name, { required, description, app }] of Object.entries(manifest.secrets)) {
    if (!required || given[name]?.length || (app && apps[manifest.id])) continue
    const fix = `give it as a reference, \`${name}: "\${NAME}"\`: ${description}`
    problems.add({
      code: 'SECRET_MISSING',
      path: [...path, 'secrets', name],
      message: 'is a required secret',
      fix,
    })
  }
  for (const [name, values = []] of Object.entries(given)) {
    const at = [...path, 'secrets', name]
    const known =
      manifest.secrets[name] ?? (manifest.auth?.kind === 'oauth2' ? OAUTH_SECRETS[name] : undefined)
    if (!known)
      problems.invalid(
        at,
        `is no secret of the connector \`${manifest.id}\``,
        suggest(name, Object.keys(manifest.secrets)),
      )
    else if (values.length > 1 && !known.rotatable) problems.invalid(at, 'cannot be a list', 'give one value')
    if (values.some(value => typeof value === 'string' && value.trim() === '')) {
      problems.add({
        code: 'SECRET_MISSING',
        path: at,
        message: 'is an empty secret',
        fix: 'give it a value or remove it',
      })
    }
  }
}
