import type { ClientKey, ConnectionView, Manifest, OAuth } from '../../contracts/connector.ts'

/** What this hub is registered as at partners, by connector; of `clientSecret` all live values, newest first. */
export type Apps = Readonly<
  Record<string, { clientId: string; clientSecret: readonly string[]; redirectUri?: string }>
>

export interface App {
  clientId: string
  clientSecrets: readonly string[]
  /** Ids of the keys, where `clientSecrets` are private keys. */
  keyIds?: readonly string[]
  /** What the partner knows the callback address by, where that is not its URL. */
  redirectUri?: string
  /** Belongs to the connection alone: who repairs it is the merchant, not the operator. */
  own: boolean
}

type Owner = Pick<ConnectionView, 'connector' | 'secrets'>

/** The connection's own app where it has one, else that of the configuration; null: there is none. */
export function appOf({ connector, secrets }: Owner, apps: Apps, auth?: OAuth): App | null {
  if (auth?.clientKey) return keyedApp(secrets, auth.clientKey)
  const configured = apps[connector]
  const clientId = secrets['clientId']?.[0] ?? configured?.clientId
  const clientSecrets = secrets['clientSecret']?.length ? secrets['clientSecret'] : configured?.clientSecret
  if (!clientId || !clientSecrets?.length) return null
  return {
    clientId,
    clientSecrets,
    redirectUri: configured?.redirectUri,
    own: clientId !== configured?.clientId,
  }
}

/** A certificate is mapped to one role of one account: such an app is always the connection's own. */
function keyedApp(secrets: Owner['secrets'], { secret, idSecret }: ClientKey): App | null {
  const clientId = secrets['clientId']?.[0]
  const [clientSecrets, keyIds] = [secrets[secret] ?? [], secrets[idSecret] ?? []]
  return clientId && clientSecrets.length > 0 ? { clientId, clientSecrets, keyIds, own: true } : null
}

/** Secrets that a connection has because its app has them: a webhook is often signed with the app's own secret. */
export function appSecrets(manifest: Manifest, apps: Apps): Record<string, readonly string[]> {
  const app = apps[manifest.id]
  if (!app) return {}
  const values = { clientId: [app.clientId], clientSecret: app.clientSecret }
  const named = Object.entries(manifest.secrets).flatMap(([name, { app: part }]) =>
    part ? [[name, values[part]] as const] : [],
  )
  return Object.fromEntries(manifest.auth?.kind === 'oauth2' ? [...Object.entries(values), ...named] : named)
}
