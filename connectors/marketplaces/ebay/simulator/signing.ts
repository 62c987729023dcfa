import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export interface SigningKey {
  keyId: string
  /** PEM on one line, as eBay gives it. */
  publicKey: string
  privateKey: KeyObject
}

/** A key pair of its own, made at run time. */
export function createSigningKey(keyId: string): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString().replaceAll('\n', '')
  return { keyId, publicKey: pem, privateKey }
}

/** The header that eBay sends with a notification. */
export function signNotification({ keyId, privateKey }: SigningKey, body: Buffer): Record<string, string> {
  const signature = sign('sha1', body, privateKey).toString('base64')
  const claim = { alg: 'ecdsa', kid: keyId, signature, digest: 'SHA1' }
  return {
    'content-type': 'application/json',
    'x-ebay-signature': Buffer.from(JSON.stringify(claim)).toString('base64'),
  }
}

/** An envelope as all topics have it. */
export const notificationOf = (of: { topic: string; id: string; at: number; data: object }) => ({
  metadata: { topic: of.topic, schemaVersion: '1.0', deprecated: false },
  notification: {
    notificationId: of.id,
    eventDate: new Date(of.at).toISOString(),
    publishDate: new Date(of.at).toISOString(),
    publishAttemptCount: 1,
    data: of.data,
  },
})
