import assert from 'node:assert/strict'
import type { CheckGroup, Kit } from '../kit.ts'
import { hasSamples, webhooksOf } from '../support/delivered.ts'
import { assertNone } from '../support/none.ts'
import { hasJson, jsonMessages, sampleMessages, withBody } from '../support/sample-messages.ts'
import { problemText, survived, translated } from '../support/translated.ts'
import { BROKEN_BODIES, withUnknownField, withUnknownWord } from '../support/variants.ts'

const hasThin = (kit: Kit): true | string => {
  const has = hasSamples(kit)
  if (has !== true) return has
  if (!webhooksOf(kit).samples.some(({ thin }) => thin)) return 'Payloads are whole.'
  return kit.conformance.simulator ? true : 'conformance.ts has no `simulator` to fetch from.'
}

/** What webhooks or a queue bring; what a poll makes is looked at there. */
function sentTopics({ manifest: { topics, polls = {} } }: Kit): string[] {
  const polled = new Set(Object.values(polls).map(({ topic }) => topic))
  return Object.keys(topics).filter(topic => !polled.has(topic))
}

export const decode: CheckGroup = {
  name: 'decode and mapping',
  checks: [
    {
      name: 'every topic has a sample',
      applies: hasSamples,
      run(kit) {
        const sampled = new Set(webhooksOf(kit).samples.map(({ topic }) => topic))
        const missing = sentTopics(kit).filter(topic => !sampled.has(topic))
        assertNone(missing, `conformance.ts: \`webhooks.samples\` has none of ${missing.join(', ')}.`)
      },
    },
    {
      name: 'every sample becomes a document that fits and balances',
      applies: hasSamples,
      async run(kit) {
        const bench = await kit.open()
        const made = new Set<string>()
        for (const { message } of await sampleMessages(kit, bench)) {
          for (const result of await translated(kit, bench, message)) {
            assert.ok(
              result.outcome !== 'problems',
              result.outcome === 'problems' ? `${message.topic}: ${problemText(result.problems)}` : '',
            )
            if (result.outcome === 'document') made.add(message.topic)
          }
        }
        const without = sentTopics(kit).filter(topic => !made.has(topic))
        assertNone(without, `No sample of ${without.join(', ')} becomes a document: all are skipped.`)
      },
    },
    {
      name: 'a document has an identity and a revision',
      applies: hasSamples,
      async run(kit) {
        const bench = await kit.open()
        for (const { message } of await sampleMessages(kit, bench))
          for (const result of await translated(kit, bench, message)) {
            if (result.outcome !== 'document') continue
            const { externalId, revision } = result.document
            assert.ok(externalId, `${message.topic}: the mapping gives no \`identity\`.`)
            assert.ok(
              (revision ?? message.eventAt) !== undefined,
              `${message.topic}: neither the mapping's \`revision\` nor \`eventAt\` of receive.ts tells which is newer.`,
            )
          }
      },
    },
    {
      name: 'the same payload gives the same document',
      applies: hasSamples,
      async run(kit) {
        const bench = await kit.open()
        for (const { message } of await sampleMessages(kit, bench)) {
          const first = await translated(kit, bench, message)
          bench.clock.jump(60_000)
          assert.deepEqual(
            await translated(kit, bench, message),
            first,
            `${message.topic}: decode.ts is not pure.`,
          )
        }
      },
    },
    {
      name: 'a word that nobody knows is a problem or a default, never a crash',
      applies: hasJson,
      async run(kit) {
        const bench = await kit.open()
        for (const { message, value } of await jsonMessages(kit, bench))
          for (const variant of withUnknownWord(value))
            await survived(
              kit,
              bench,
              withBody(message, variant.value),
              `an unknown word at ${variant.pointer}`,
            )
      },
    },
    {
      name: 'a field that nobody knows changes nothing',
      applies: hasJson,
      async run(kit) {
        const bench = await kit.open()
        for (const { message, value } of await jsonMessages(kit, bench)) {
          const [plain, more] = [
            await translated(kit, bench, message),
            await translated(kit, bench, withBody(message, withUnknownField(value))),
          ]
          assert.deepEqual(more, plain, `${message.topic}: a new field of the partner changes the document.`)
        }
      },
    },
    {
      name: 'a byte order mark changes nothing',
      applies: hasJson,
      async run(kit) {
        const bench = await kit.open()
        for (const { message } of await jsonMessages(kit, bench)) {
          const marked = withBody(message, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), message.body]))
          assert.deepEqual(
            await translated(kit, bench, marked),
            await translated(kit, bench, message),
            `${message.topic}: read the body with parseJson of the SDK, which takes a byte order mark.`,
          )
        }
      },
    },
    {
      name: 'a broken body is an error of the register, never a crash',
      applies: hasSamples,
      async run(kit) {
        const bench = await kit.open()
        const topics = new Map(
          (await sampleMessages(kit, bench)).map(({ message }) => [message.topic, message]),
        )
        for (const message of topics.values())
          for (const { what, of } of BROKEN_BODIES)
            await survived(kit, bench, withBody(message, of(message.body)), what)
      },
    },
    {
      name: 'a thin payload is fetched back',
      applies: hasThin,
      async run(kit) {
        const bench = await kit.open()
        for (const { sample, message } of await sampleMessages(kit, bench)) {
          if (!sample.thin) continue
          const before = bench.proxy?.requests.length ?? 0
          const results = await translated(kit, bench, message)
          assert.ok(
            results.some(({ outcome }) => outcome === 'document'),
            `${message.topic}: the entity is not fetched; the simulator has to hold what the sample names.`,
          )
          assert.ok(
            !bench.proxy || bench.proxy.requests.length > before,
            `${message.topic}: the sample is marked as thin, and decode.ts asks nobody.`,
          )
        }
      },
    },
  ],
}
