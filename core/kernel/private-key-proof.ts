import { createPrivateKey } from 'node:crypto'
import * as oauth from 'oauth4webapi'
import { HubError } from '../errors/hub-error.ts'

export interface PrivateKeyProofOf {
  /** The private key, RSA, PKCS #8 or PKCS #1. */
  pem: string
  /** By which the partner knows the certificate (`kid`). */
  keyId?: string
  /** The token endpoint: partners with this proof want it rather than the issuer. */
  audience: string
  claims?: Readonly<Record<string, string>>
}

/** The app proves itself by an assertion that its private key signs (RFC 7523 §2.2, PS256). */
export function privateKeyProof({ pem, keyId, audience, claims }: PrivateKeyProofOf): oauth.ClientAuth {
  return oauth.PrivateKeyJwt(
    { key: keyOf(pem), ...(keyId === undefined ? {} : { kid: keyId }) },
    {
      [oauth.modifyAssertion](header, payload) {
        header['typ'] = 'JWT'
        Object.assign(payload, claims, { aud: audience })
      },
    },
  )
}

function keyOf(pem: string): oauth.CryptoKey {
  try {
    return createPrivateKey(pem).toCryptoKey({ name: 'RSA-PSS', hash: 'SHA-256' }, false, ['sign'])
  } catch {
    // Its own words may quote the key.
    throw new HubError('OAUTH_APP_REFUSED', { detail: 'The private key is no RSA key in PEM.' })
  }
}
