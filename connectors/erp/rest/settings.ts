import type { ConnectionView } from '../../sdk/index.ts'
import { DEFAULT_API_KEY_HEADER, DEFAULT_IDEMPOTENCY_HEADER, DEFAULT_STRATEGY } from './manifest.ts'

export type Strategy = 'upsert' | 'idempotency-key' | 'search-then-create'

interface Settings {
  baseUrl: string
  strategy: Strategy
  idempotencyHeader: string
  apiKeyHeader: string
  username?: string
  timeoutMs?: number
}

/** Validated against the manifest before; here only the defaults are filled in. */
export function settingsOf({ settings }: ConnectionView): Settings {
  const given = settings as unknown as Partial<Settings> & { baseUrl: string }
  return {
    strategy: DEFAULT_STRATEGY,
    idempotencyHeader: DEFAULT_IDEMPOTENCY_HEADER,
    apiKeyHeader: DEFAULT_API_KEY_HEADER,
    ...given,
    baseUrl: given.baseUrl.replace(/\/+$/, ''),
  }
}

/** Headers that prove who we are; the newest value of each secret. */
export function credentialsOf(connection: ConnectionView): Record<string, string> {
  const { apiKeyHeader, username } = settingsOf(connection)
  const newest = (name: string): string | undefined => connection.secrets[name]?.[0]
  const [token, apiKey, password] = [newest('token'), newest('apiKey'), newest('password')]
  const headers: Record<string, string> = {}
  if (apiKey) headers[apiKeyHeader] = apiKey
  if (username && password)
    headers['authorization'] = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  if (token) headers['authorization'] = `Bearer ${token}`
  return headers
}
