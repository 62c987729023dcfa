import assert from 'node:assert/strict'
import type { CheckGroup, Kit } from '../kit.ts'
import { delivered, hasWebhooks, messagesOf, samplesOf, webhooksOf } from '../support/delivered.ts'
import { assertNone } from '../support/none.ts'

/** Headers that would open a door to whoever reads the inbox. */
const CREDENTIAL = /authorization|cookie|signature|hmac|secret|password|api-?key|auth-?token|access-?token/i

const keysOf = async (kit: Kit, deliveries: readonly (string | number)[]): Promise<string[][]> => {
  const bench = await kit.open()
  const keys: string[][] = []
  for (const deliveryId of deliveries) {
    const messages = await messagesOf(kit, bench, delivered(kit, bench, { deliveryId: String(deliveryId) }))
    keys.push(messages.map(({ dedupeKey }) => dedupeKey))
  }
  return keys
}

export const dedupe: CheckGroup = {
  name: 'dedupe',
  checks: [
    {
      name: 'a delivery that is repeated has the same key',
      applies: hasWebhooks,
      async run(kit) {
        const bench = await kit.open()
        const first = await messagesOf(kit, bench, delivered(kit, bench))
        bench.clock.jump(90_000)
        const again = await messagesOf(kit, bench, delivered(kit, bench))
        assert.ok(first.length > 0, 'receive.ts takes the delivery and makes no message of it.')
        assert.deepEqual(
          again.map(({ dedupeKey }) => dedupeKey),
          first.map(({ dedupeKey }) => dedupeKey),
          'receive.ts: the dedupe key depends on something that changes when the partner sends again (a time, a header).',
        )
      },
    },
    {
      name: 'two events have different keys',
      applies: hasWebhooks,
      async run(kit) {
        const [first = [], second = []] = await keysOf(kit, ['delivery-1', 'delivery-2'])
        const shared = first.filter(key => second.includes(key))
        assertNone(shared, 'receive.ts gives two events one dedupe key: the second would be thrown away.')
      },
    },
    {
      name: 'topics of one event have different keys',
      applies(kit) {
        const has = hasWebhooks(kit)
        if (has !== true) return has
        return new Set(webhooksOf(kit).samples.map(({ topic }) => topic)).size > 1
          ? true
          : 'There is one topic only.'
      },
      async run(kit) {
        const bench = await kit.open()
        const seen = new Map<string, string>()
        for (const sample of samplesOf(kit)) {
          for (const { dedupeKey } of await messagesOf(kit, bench, delivered(kit, bench, { sample }))) {
            const other = seen.get(dedupeKey)
            assert.ok(
              other === undefined || other === sample.topic,
              `receive.ts: ${other} and ${sample.topic} share a dedupe key; put the topic into it.`,
            )
            seen.set(dedupeKey, sample.topic)
          }
        }
      },
    },
    {
      name: 'the order of headers does not matter',
      applies: hasWebhooks,
      async run(kit) {
        const bench = await kit.open()
        const request = delivered(kit, bench)
        const headers = Object.fromEntries(Object.entries(request.headers).toReversed())
        const [one, other] = [
          await messagesOf(kit, bench, request),
          await messagesOf(kit, bench, { ...request, headers }),
        ]
        assert.deepEqual(
          other.map(({ dedupeKey }) => dedupeKey),
          one.map(({ dedupeKey }) => dedupeKey),
          'receive.ts: the dedupe key depends on the order of headers.',
        )
      },
    },
    {
      name: 'the bytes are kept as they came, under the topic that was sent',
      applies: hasWebhooks,
      async run(kit) {
        const bench = await kit.open()
        for (const sample of samplesOf(kit)) {
          const request = delivered(kit, bench, { sample })
          const messages = await messagesOf(kit, bench, request)
          for (const { topic, body } of messages) {
            assert.equal(
              topic,
              sample.topic,
              `receive.ts names the topic ${topic}; it was sent as ${sample.topic}.`,
            )
            if (messages.length === 1)
              assert.ok(body.equals(request.body), `${topic}: receive.ts changes the bytes that arrived.`)
          }
        }
      },
    },
    {
      name: 'credentials are not among the headers that are kept',
      applies: hasWebhooks,
      async run(kit) {
        const bench = await kit.open()
        const request = delivered(kit, bench)
        const headers = {
          ...request.headers,
          cookie: 'session=1',
          'x-api-key': 'k',
          'proxy-authorization': 'Basic eA==',
        }
        for (const message of await messagesOf(kit, bench, { ...request, headers })) {
          const bad = Object.entries(message.headers)
            .filter(
              ([name, value]) =>
                CREDENTIAL.test(name) || bench.secrets().some(secret => value.includes(secret)),
            )
            .map(([name]) => name)
          assertNone(
            bad,
            `receive.ts keeps the headers ${bad.join(', ')}: list the harmless ones in \`keepHeaders\`.`,
          )
        }
      },
    },
  ],
}
