import assert from 'node:assert/strict'
import type { PushResult } from '#core/contracts/connector.ts'
import type { Resource } from '#core/contracts/store.ts'
import type { Bench } from '../bench/bench.ts'
import type { Fault } from '../bench/flaky-proxy.ts'
import type { Check, CheckGroup, Kit } from '../kit.ts'
import { canPush, heldText, type OperationOf, operationOf, pushedResources } from '../support/pushed.ts'
import { isTokenRequest } from '../support/repeated-answer.ts'
import { assertDeclared } from '../support/translated.ts'

const push = (kit: Kit, bench: Bench, of: OperationOf): Promise<PushResult> =>
  kit.connector.push!(operationOf(kit, of), bench.context)

/** How many records the partner holds, beside those that it began with. */
const counter = ({ simulator }: Bench, resource: Resource): (() => number) => {
  assert.ok(simulator?.held, 'conformance.ts: the simulator has no `held`, and the connector writes.')
  const held = simulator.held.bind(simulator)
  const before = held(resource).length
  return () => held(resource).length - before
}

/** The check for every resource that is pushed, each with a new partner. */
const forEach = (
  name: string,
  run: (kit: Kit, bench: Bench, resource: Resource) => Promise<void>,
): Check => ({
  name,
  applies: canPush,
  async run(kit) {
    for (const resource of pushedResources(kit)) await run(kit, await kit.open(), resource)
  },
})

/** The answer to the first write is lost; then the deliverer comes again, not knowing. */
const lostAnswer = (name: string, fault: Fault): Check =>
  forEach(name, async (kit, bench, resource) => {
    const made = counter(bench, resource)
    let [sending, lost] = [false, false]
    bench.proxy?.script(request => {
      if (!sending || lost || isTokenRequest(kit, bench, request)) return null
      lost = true
      return fault
    })
    const attempt = {
      resource,
      sending: () => {
        sending = true
      },
    }
    await push(kit, bench, attempt).catch((thrown: unknown) => assertDeclared(thrown, `${resource}: push.ts`))
    bench.clock.jump(30_000)
    const { externalId } = await push(kit, bench, { resource, uncertain: true })
    assert.ok(externalId, `${resource}: push.ts gives no external id.`)
    assert.ok(
      made() <= 1,
      `${resource}: after a lost answer there are ${made()} records; where \`uncertain\` is true, look before you write.`,
    )
    assert.ok(made() === 1, `${resource}: after a lost answer the partner holds nothing.`)
  })

export const pushing: CheckGroup = {
  name: 'push',
  checks: [
    {
      name: 'every resource that is written has documents to try',
      applies: ({ connector }) => (connector.push ? true : 'The connector writes nothing.'),
      run({ manifest, conformance }) {
        const missing = Object.keys(manifest.pushes ?? {}).filter(
          resource => !(resource in (conformance.pushes ?? {})),
        )
        assert.ok(missing.length === 0, `conformance.ts: \`pushes\` has none of ${missing.join(', ')}.`)
      },
    },
    forEach('a new document makes one record and gives its id', async (kit, bench, resource) => {
      const made = counter(bench, resource)
      const { externalId } = await push(kit, bench, { resource })
      assert.ok(externalId, `${resource}: push.ts gives no external id.`)
      assert.equal(made(), 1, `${resource}: one push made ${made()} records.`)
    }),
    forEach('the same document again is still one record', async (kit, bench, resource) => {
      const made = counter(bench, resource)
      const { externalId } = await push(kit, bench, { resource })
      const again = await push(kit, bench, { resource, externalId })
      assert.equal(made(), 1, `${resource}: pushed twice, ${made()} records.`)
      assert.equal(again.externalId, externalId, `${resource}: the second push gives another id.`)
    }),
    forEach('a document whose link was lost is found again', async (kit, bench, resource) => {
      const made = counter(bench, resource)
      const { externalId } = await push(kit, bench, { resource })
      bench.clock.jump(60_000)
      const again = await push(kit, bench, { resource, uncertain: true })
      assert.equal(made(), 1, `${resource}: without its link it is made again.`)
      assert.equal(again.externalId, externalId, `${resource}: found again under another id.`)
    }),
    forEach('a newer revision changes the record', async (kit, bench, resource) => {
      const made = counter(bench, resource)
      const { externalId } = await push(kit, bench, { resource })
      const before = heldText(bench, resource)
      await push(kit, bench, { resource, revision: 2, externalId })
      assert.equal(made(), 1, `${resource}: the second revision makes another record.`)
      assert.notEqual(
        heldText(bench, resource),
        before,
        `${resource}: the second revision does not reach the partner.`,
      )
    }),
    forEach('ten documents at once are ten records', async (kit, bench, resource) => {
      const made = counter(bench, resource)
      const numbers = Array.from({ length: 10 }, (_, index) => index + 1)
      const results = await Promise.all(numbers.map(n => push(kit, bench, { resource, n })))
      assert.equal(made(), 10, `${resource}: ten documents made ${made()} records.`)
      assert.equal(
        new Set(results.map(({ externalId }) => externalId)).size,
        10,
        `${resource}: ids are not unique.`,
      )
    }),
    lostAnswer('a write whose answer was lost is one record', { kind: 'reset', late: true }),
    lostAnswer('a write that was answered with half is one record', { kind: 'half' }),
    lostAnswer('a write that nobody answered is one record', { kind: 'silence', late: true }),
    forEach('says that it sends before the first change, and not before reads', assertSending),
    forEach('an idempotency key is the same over every try, and another for another document', assertKeys),
    {
      name: 'a document that the partner refuses parks',
      applies: kit => {
        const can = canPush(kit)
        if (can !== true) return can
        return pushedResources(kit).some(resource => kit.conformance.pushes?.[resource]?.refused)
          ? true
          : 'conformance.ts: no `refused` document.'
      },
      async run(kit) {
        for (const resource of pushedResources(kit)) {
          const refused = kit.conformance.pushes?.[resource]?.refused?.()
          if (!refused) continue
          const bench = await kit.open()
          const operation = { ...operationOf(kit, { resource }), ...refused }
          const thrown: unknown = await kit.connector.push!(operation, bench.context).catch(
            (error: unknown) => error,
          )
          assertDeclared(thrown, `${resource}: push.ts, given a document that the partner refuses,`)
          assert.equal(
            thrown.recovery,
            'park',
            `${resource}: a refusal becomes ${thrown.code} (${thrown.recovery}).`,
          )
        }
      },
    },
  ],
}

async function assertSending(kit: Kit, bench: Bench, resource: Resource): Promise<void> {
  let [sent, changed, first] = [false, '', '']
  let state = heldText(bench, resource)
  bench.proxy?.watch({
    before(request) {
      if (sent && first === '' && !isTokenRequest(kit, bench, request)) first = request.method
      state = heldText(bench, resource)
    },
    after(request) {
      if (!sent && heldText(bench, resource) !== state)
        changed = `${request.method} ${request.target.split('?')[0]}`
    },
  })
  await push(kit, bench, {
    resource,
    sending: () => {
      sent = true
    },
  })
  assert.equal(
    changed,
    '',
    `${resource}: push.ts changes something (${changed}) before it calls \`operation.sending()\`.`,
  )
  assert.ok(sent, `${resource}: push.ts never calls \`operation.sending()\`.`)
  assert.ok(
    !['GET', 'HEAD'].includes(first),
    `${resource}: push.ts calls \`sending()\` before a read (${first}).`,
  )
}

async function assertKeys(kit: Kit, bench: Bench, resource: Resource): Promise<void> {
  const keys: string[] = []
  bench.proxy?.watch({
    before: ({ headers }) =>
      keys.push(
        ...Object.entries(headers).flatMap(([name, value]) =>
          /idempoten/i.test(name) ? [String(value)] : [],
        ),
      ),
  })
  const pushed = async (of: Partial<OperationOf>): Promise<Set<string>> => {
    keys.length = 0
    await push(kit, bench, { resource, ...of })
    return new Set(keys)
  }
  const [first, again, other] = [await pushed({}), await pushed({ uncertain: true }), await pushed({ n: 2 })]
  for (const key of again)
    assert.ok(first.has(key) || first.size === 0, `${resource}: a second try has another idempotency key.`)
  for (const key of other) assert.ok(!first.has(key), `${resource}: two documents share an idempotency key.`)
}
