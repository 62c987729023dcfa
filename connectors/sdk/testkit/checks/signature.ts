import assert from 'node:assert/strict'
import type { Check, CheckGroup, Kit } from '../kit.ts'
import {
  assertRefused,
  bytesOf,
  delivered,
  firstSample,
  hasWebhooks,
  received,
  samplesOf,
  secretName,
  signingSecret,
  webhooksOf,
} from '../support/delivered.ts'
import { otherSecret, signatureHeaders, toleranceOf } from '../support/signing.ts'
import { vectors } from './vectors.ts'

const HUGE = 6 * 1024 * 1024

const provesBody = (kit: Kit): true | string => {
  const has = hasWebhooks(kit)
  if (has !== true) return has
  return webhooksOf(kit).proves === 'sender'
    ? 'The partner sends its secret as it is; the body is not part of it.'
    : true
}

const withSecret = (kit: Kit): true | string => {
  const has = hasWebhooks(kit)
  if (has !== true) return has
  return secretName(kit) === null ? 'The partner signs with a key that it publishes.' : true
}

const withTime = (kit: Kit): true | string => {
  const has = hasWebhooks(kit)
  if (has !== true) return has
  return toleranceOf(kit) === null ? 'The partner signs no time.' : true
}

/** Changes the body after it was signed. */
const bodyChanged = (name: string, change: (body: Buffer) => Buffer): Check => ({
  name,
  applies: provesBody,
  async run(kit) {
    const bench = await kit.open()
    const request = delivered(kit, bench)
    const answer = await received(kit, bench, { ...request, body: change(request.body) })
    assertRefused(answer, 'a body that was changed after it was signed')
  },
})

export const signature: CheckGroup = {
  name: 'signature',
  checks: [
    {
      name: 'a right signature is accepted',
      applies: hasWebhooks,
      async run(kit) {
        const bench = await kit.open()
        for (const sample of samplesOf(kit)) {
          const answer = await received(kit, bench, delivered(kit, bench, { sample }))
          assert.ok(
            answer.ok,
            answer.ok ? '' : `${sample.topic}: receive.ts refuses it: ${answer.code}, ${answer.detail}`,
          )
        }
      },
    },
    bodyChanged('a tampered body is refused', body =>
      Buffer.concat([body.subarray(0, -1), Buffer.from('x')]),
    ),
    bodyChanged('changed white space is refused', body => Buffer.concat([body, Buffer.from('\n')])),
    {
      name: 'a wrong secret is refused',
      applies: withSecret,
      async run(kit) {
        const bench = await kit.open()
        const secret = otherSecret(signingSecret(kit, bench))
        assertRefused(
          await received(kit, bench, delivered(kit, bench, { secret })),
          'a signature made with another secret',
        )
      },
    },
    {
      name: 'old and new secret are both good while they are rotated',
      applies(kit) {
        const has = withSecret(kit)
        if (has !== true) return has
        const name = secretName(kit) ?? ''
        return kit.manifest.secrets[name]?.rotatable
          ? true
          : `The secret ${name} is not declared as rotatable.`
      },
      async run(kit) {
        const bench = await kit.open()
        const old = signingSecret(kit, bench)
        const secrets = { [secretName(kit)!]: [otherSecret(old), old] }
        for (const secret of secrets[secretName(kit)!]!) {
          const answer = await received(kit, bench, delivered(kit, bench, { secret }), secrets)
          assert.ok(
            answer.ok,
            `receive.ts looks at one secret only: pass the whole list to the verification.`,
          )
        }
      },
    },
    {
      name: 'without a secret everything is refused',
      applies: withSecret,
      async run(kit) {
        const bench = await kit.open()
        const answer = await received(kit, bench, delivered(kit, bench), { [secretName(kit)!]: [] })
        assertRefused(answer, 'a request although no secret is configured')
      },
    },
    {
      name: 'an empty secret proves nothing',
      applies: withSecret,
      async run(kit) {
        const bench = await kit.open()
        const answer = await received(kit, bench, delivered(kit, bench, { secret: '' }), {
          [secretName(kit)!]: [''],
        })
        assertRefused(answer, 'a signature made with the empty secret')
      },
    },
    {
      name: 'a request without a signature is refused',
      applies: hasWebhooks,
      async run(kit) {
        const bench = await kit.open()
        const request = delivered(kit, bench)
        const [target = '', url = ''] = [request.target, request.url].map(text => text.split('?')[0])
        const headers = { 'content-type': request.headers['content-type'] ?? 'application/json' }
        assertRefused(
          await received(kit, bench, { ...request, target, url, headers }),
          'a request without any proof',
        )
      },
    },
    {
      name: 'a doubled signature header is refused',
      applies: hasWebhooks,
      async run(kit) {
        const bench = await kit.open()
        const request = delivered(kit, bench)
        for (const name of await signatureHeaders(kit, bench, request)) {
          const headers = { ...request.headers, [name]: `${request.headers[name]}, ${request.headers[name]}` }
          assertRefused(await received(kit, bench, { ...request, headers }), `the header ${name} sent twice`)
        }
      },
    },
    {
      name: 'a garbled signature header is refused',
      applies: hasWebhooks,
      async run(kit) {
        const bench = await kit.open()
        const request = delivered(kit, bench)
        for (const name of await signatureHeaders(kit, bench, request))
          for (const value of [
            '',
            'x',
            '%%%',
            request.headers[name]!.slice(0, 5),
            `${request.headers[name]}0`,
            'é'.repeat(44),
          ]) {
            const headers = { ...request.headers, [name]: value }
            assertRefused(
              await received(kit, bench, { ...request, headers }),
              `“${value.slice(0, 8)}” in ${name}`,
            )
          }
      },
    },
    {
      name: 'a stale signed time is refused',
      applies: withTime,
      async run(kit) {
        const bench = await kit.open()
        const apart = (toleranceOf(kit)! + 60) * 1_000
        for (const at of [bench.clock.now() - apart, bench.clock.now() + apart])
          assertRefused(
            await received(kit, bench, delivered(kit, bench, { at })),
            'a signed time outside the tolerance',
          )
      },
    },
    {
      name: 'a sender whose clock is four minutes ahead is accepted',
      applies: hasWebhooks,
      async run(kit) {
        const bench = await kit.open()
        const ahead = Math.min(240, (toleranceOf(kit) ?? 300) - 30) * 1_000
        const answer = await received(kit, bench, delivered(kit, bench, { at: bench.clock.now() + ahead }))
        assert.ok(
          answer.ok,
          answer.ok ? '' : `receive.ts refuses a clock ${ahead / 1_000} s ahead: ${answer.detail}`,
        )
      },
    },
    {
      name: 'an empty and a huge body are judged, not crashed on',
      applies: hasWebhooks,
      async run(kit) {
        const bench = await kit.open()
        for (const body of [Buffer.alloc(0), Buffer.from(`{"padding":"${'x'.repeat(HUGE)}"}`)]) {
          const answer = await received(kit, bench, delivered(kit, bench, { body }))
          assert.ok(
            answer.ok || (answer.status >= 400 && answer.status < 500),
            `receive.ts answers a body of ${body.length} bytes with ${answer.ok ? '' : answer.status}.`,
          )
        }
      },
    },
    {
      name: 'nothing is parsed before the signature holds',
      applies: provesBody,
      async run(kit) {
        const bench = await kit.open()
        const request = delivered(kit, bench, { body: bytesOf(firstSample(kit)) })
        const answer = await received(kit, bench, { ...request, body: Buffer.from('{"broken": [') })
        assertRefused(answer, 'an unsigned body that is no JSON')
        assert.ok(
          !answer.ok && answer.code.startsWith('SIGNATURE_'),
          'receive.ts looks into the body before it has verified the signature.',
        )
      },
    },
    vectors,
  ],
}
