import type { RawRequest } from '../../contracts/connector.ts'
import { verifyEcdsa } from './ecdsa.ts'
import { verifyHmac } from './hmac.ts'
import { verifyQueryHmac } from './query-hmac.ts'
import { OK } from './refuse.ts'
import type { EcdsaScheme, SignatureScheme, Verdict, VerifyContext } from './scheme.ts'
import { verifySharedSecret } from './shared-secret.ts'
import { verifyStandardWebhooks } from './standard-webhooks.ts'

/**
 * Whether the request is the partner's: on the raw bytes, in constant time, fail closed. `secrets` are all live
 * values, so a rotation needs no pause. Never throws for anything that a sender controls. Synchronous for all
 * schemes but `ecdsa`, whose key may have to be fetched.
 */
export function verifySignature(
  scheme: Exclude<SignatureScheme, EcdsaScheme>,
  request: RawRequest,
  secrets: readonly string[],
  context: VerifyContext,
): Verdict
export function verifySignature(
  scheme: SignatureScheme,
  request: RawRequest,
  secrets: readonly string[],
  context: VerifyContext,
): Verdict | Promise<Verdict>
export function verifySignature(
  scheme: SignatureScheme,
  request: RawRequest,
  secrets: readonly string[],
  context: VerifyContext,
): Verdict | Promise<Verdict> {
  switch (scheme.kind) {
    case 'hmac':
      return verifyHmac(scheme, request, secrets, context.now)
    case 'standard-webhooks':
      return verifyStandardWebhooks(scheme, request, secrets, context.now)
    case 'query-hmac':
      return verifyQueryHmac(scheme, request.target, secrets)
    case 'ecdsa':
      return verifyEcdsa(scheme, request, context.fetchKey)
    case 'shared-secret':
      return verifySharedSecret(scheme, request, secrets)
    case 'none':
      return OK
  }
}
