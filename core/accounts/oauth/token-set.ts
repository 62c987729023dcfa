import { createHash } from 'node:crypto'
import type { ConnectionView, Manifest } from '../../contracts/connector.ts'
import { canonicalJson } from '../../kernel/canonical-json.ts'

/** What a token endpoint gave. */
export interface TokenSet {
  accessToken: string
  refreshToken?: string
  /** Epoch milliseconds; absent: for ever. */
  endsAt?: number
}

type Secrets = ConnectionView['secrets']

/** Names under which the hub keeps tokens among a connection's secrets, beside those of its manifest. */
export const TOKEN_SECRETS: readonly string[] = [
  'accessToken',
  'refreshToken',
  'accessTokenEndsAt',
  'tokensOf',
]

/** Secrets that a connection of this manifest may have. */
export const secretNames = ({ secrets, auth }: Manifest): ReadonlySet<string> =>
  new Set([
    ...Object.keys(secrets),
    ...(auth?.kind === 'oauth2' ? ['clientId', 'clientSecret', ...TOKEN_SECRETS] : []),
  ])

export function tokenSetOf(secrets: Secrets): TokenSet | null {
  const accessToken = secrets['accessToken']?.[0]
  const refreshToken = secrets['refreshToken']?.[0]
  if (accessToken === undefined && refreshToken === undefined) return null
  const endsAt = Number(secrets['accessTokenEndsAt']?.[0])
  return {
    // Without one, whoever has a refresh token gets one.
    accessToken: accessToken ?? '',
    refreshToken,
    ...(Number.isFinite(endsAt) ? { endsAt } : {}),
  }
}

/** What is stored. A partner that sends no new refresh token means the old one to be kept. */
export function toSecrets({ accessToken, refreshToken, endsAt }: TokenSet): Record<string, string[]> {
  return {
    accessToken: [accessToken],
    ...(refreshToken === undefined ? {} : { refreshToken: [refreshToken] }),
    accessTokenEndsAt: endsAt === undefined ? [] : [String(endsAt)],
  }
}

/**
 * Which declared credentials the tokens of a declared connection came from: once somebody gives others in the
 * configuration, the kept tokens count no more.
 */
export const originOf = (declared: Secrets): string =>
  createHash('sha256')
    .update(canonicalJson(['accessToken', 'refreshToken', 'clientId'].map(name => declared[name] ?? [])))
    .digest('hex')
