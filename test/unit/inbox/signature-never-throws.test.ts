import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { SignatureScheme } from '#core/inbox/signatures/scheme.ts'
import { SIGNATURE_SCHEMES } from '#core/inbox/signatures/schemes.ts'
import { verifySignature } from '#core/inbox/signatures/verify.ts'
import { NOW, requestWith } from './signing.ts'

const NAMES = [
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'wm_sec.timestamp',
  'wm_sec.signature',
  'authorization',
]

/** Header text as a hostile sender would shape it: nearly right, and anything at all. */
const headerText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.base64String({ maxLength: 100 }),
  fc.base64String({ maxLength: 60 }).map(text => `v1,${text}`),
  fc.base64String({ maxLength: 60 }).map(text => `v1a,${text}`),
  fc.json().map(text => Buffer.from(text).toString('base64')),
  fc
    .record({
      alg: fc.constantFrom('ecdsa', 'none', 1),
      kid: fc.constantFrom('key-1', '', {}),
      signature: fc.base64String(),
      digest: fc.string(),
    })
    .map(claim => Buffer.from(JSON.stringify(claim)).toString('base64')),
  fc.nat({ max: 2 ** 31 }).map(String),
  fc.constantFrom('', ',', ' ', 'Bearer', 'Basic =', 'hmac-sha256-hex=', `${NOW / 1_000}`),
)

const secretText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.base64String().map(text => `whsec_${text}`),
  fc.constantFrom('', ' ', 'whsec_', 'whpk_', `whpk_${'A'.repeat(43)}=`),
)

const requests = fc.record({
  headers: fc.dictionary(fc.constantFrom(...NAMES, ...headersOf(SIGNATURE_SCHEMES)), headerText),
  body: fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.from(bytes)),
  url: fc.string(),
  target: fc.oneof(
    fc.string(),
    fc.string().map(text => `/w?hmac=${text}&signature=${text}&token=${text}`),
  ),
  method: fc.string(),
})

describe('whatever a stranger sends', () => {
  const { amazonSqs: _, shopifyEventBridge: __, ...proven } = SIGNATURE_SCHEMES

  it.each(Object.entries(proven))('%s neither throws nor accepts', async (_name, scheme) => {
    await fc.assert(
      fc.asyncProperty(requests, fc.array(secretText, { maxLength: 3 }), async (request, secrets) => {
        const verdict = await verifySignature(scheme, requestWith(request), secrets, {
          now: NOW,
          fetchKey: async () => null,
        })
        expect(verdict).toMatchObject({ ok: false, code: expect.stringMatching(/^SIGNATURE_/) })
      }),
      { numRuns: 150 },
    )
  })
})

function headersOf(schemes: Record<string, SignatureScheme>): string[] {
  return Object.values(schemes).flatMap(scheme => ('header' in scheme ? [scheme.header] : []))
}
