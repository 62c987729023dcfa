import type { ConnectionView } from '../../contracts/connector.ts'
import { sealSecrets } from '../sealed-secrets.ts'
import type { Vault } from '../vault.ts'
import { originOf, type TokenSet, toSecrets } from './token-set.ts'

/** The stored form of tokens, to be laid over the secrets that the connection has. */
export type SealTokens = (connection: string, tokens: TokenSet) => Record<string, string>

export interface SealTokensDeps {
  vault: Vault
  declared: readonly ConnectionView[]
}

export function createSealTokens({ vault, declared }: SealTokensDeps): SealTokens {
  const origins = new Map(declared.map(({ id, secrets }) => [id, originOf(secrets)]))
  return (connection, tokens) => {
    const origin = origins.get(connection)
    return sealSecrets(vault, connection, {
      ...toSecrets(tokens),
      ...(origin === undefined ? {} : { tokensOf: [origin] }),
    })
  }
}
