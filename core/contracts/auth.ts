/** How a merchant lets the hub into an account, as a manifest declares it. */
export type Auth = OAuth | KeyHandoff

/**
 * OAuth 2.0 (RFC 6749) by declaration: the hub runs the dance, keeps `accessToken` and `refreshToken` among the secrets of
 * the connection and renews them, once for all processes. The app's credentials are the secrets `clientId` and
 * `clientSecret` of the connection, else those of `apps` in the configuration. All functions are pure.
 */
export interface OAuth {
  readonly kind: 'oauth2'
  readonly grant: 'authorization-code' | 'client-credentials'
  /** Where the merchant agrees; settings hold what was asked before (the shop, the region). */
  authorizeUrl?(settings: Readonly<Record<string, unknown>>): string
  tokenUrl(settings: Readonly<Record<string, unknown>>): string
  readonly scopes: readonly string[]
  /** Between two scopes; a space unless told. */
  readonly scopeSeparator?: string
  /** RFC 7636, S256. */
  readonly pkce?: boolean
  /** How the app proves itself at the token endpoint; `body` unless told. `private-key-jwt` (RFC 7523): with `clientKey`. */
  readonly clientAuth?: 'basic' | 'body' | 'private-key-jwt'
  readonly clientKey?: ClientKey
  /** Names of the authorisation address's parameters where they are not those of RFC 6749: `client_id` → `clientId`. */
  readonly authorizeNames?: Readonly<Record<string, string>>
  /** Added to the authorisation address and to every token request. */
  readonly authorizeParams?: Readonly<Record<string, string>>
  readonly tokenParams?: Readonly<Record<string, string>>
  /** Those of every token request that depend on the settings (the store). */
  tokenParamsOf?(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, string>>
  /** Headers of every token request, beside those of RFC 6749. */
  tokenHeaders?(requestId: string): Readonly<Record<string, string>>
  /** How a token request is written; `form` unless told. */
  readonly tokenRequest?: 'form' | 'json'
  /** Names the partner uses in the callback, where they are not `code`. */
  readonly codeParam?: string
  /** How the callback's query is signed, beside `state`. */
  readonly callbackSignature?: SignatureSchemeName
  /** Settings that the callback tells: names of query parameters → names of settings. */
  readonly settingsFromCallback?: Readonly<Record<string, string>>
  /** Refresh this long before the end; 60 s unless told. */
  readonly refreshBeforeSeconds?: number
  /** Lifetime where the token answer says none; none: for ever. */
  readonly lifetimeSeconds?: number
}

/** The key that signs the app's assertion (PS256); each its own connection's. */
export interface ClientKey {
  /** Secret that holds the private key, PEM. */
  readonly secret: string
  /** Secret that holds the id by which the partner knows its certificate; the nth belongs to the nth key. */
  readonly idSecret: string
  /** Claims of the assertion beside those of RFC 7523: NetSuite reads the scope there. */
  readonly claims?: Readonly<Record<string, string>>
}

/** A row of `SIGNATURE_SCHEMES`. */
export type SignatureSchemeName = string

/** The partner shows a page and posts keys to us (WooCommerce): no code, no refresh. Functions are pure. */
export interface KeyHandoff {
  readonly kind: 'key-handoff'
  /** The page where the merchant agrees. `state` comes back in what is posted. */
  authorizeUrl(
    settings: Readonly<Record<string, unknown>>,
    at: { callbackUrl: string; returnUrl: string; state: string; app: string },
  ): string
  /** What was posted to `callbackUrl`: the state and the secrets, or null if it is not that. */
  read(
    body: unknown,
  ): { state: string; secrets: Record<string, string>; settings?: Record<string, unknown> } | null
}
