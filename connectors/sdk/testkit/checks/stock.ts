import assert from 'node:assert/strict'
import type { PushOperation, PushResult } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Bench } from '../bench/bench.ts'
import { sharingCalls } from '../bench/test-context.ts'
import type { SimulatedStock } from '../conformance.ts'
import type { Check, CheckGroup, Kit } from '../kit.ts'
import { canPush, operationOf } from '../support/pushed.ts'

const AT_ONCE = 10
const FIRST = 25

interface Case {
  expected: number
  found: number
  wanted: number
  shown: number
}

/** What the channel shows where it was expected to show something else. */
const CASES: readonly Case[] = [
  { expected: 25, found: 25, wanted: 20, shown: 20 },
  { expected: 25, found: 23, wanted: 20, shown: 18 },
  { expected: 20, found: 18, wanted: 24, shown: 22 },
  { expected: 20, found: 17, wanted: 20, shown: 17 },
  { expected: 25, found: 3, wanted: 10, shown: 0 },
]

const forStock = (
  name: string,
  run: (kit: Kit, bench: Bench, stock: SimulatedStock) => Promise<void>,
): Check => ({
  name,
  applies(kit) {
    const can = canPush(kit)
    if (can !== true) return can
    return kit.conformance.pushes?.inventory ? true : 'conformance.ts pushes no stock.'
  },
  async run(kit) {
    const bench = await kit.open()
    const stock = bench.simulator?.stock
    if (!stock) return 'conformance.ts: the simulator has no `stock`.'
    await run(kit, bench, stock)
    return undefined
  },
})

/** The nth article, to show so many units. */
const stockOf = (kit: Kit, n: number, given: Partial<PushOperation> & { wanted: number }): PushOperation => {
  const { wanted, ...over } = given
  const operation = operationOf(kit, { resource: 'inventory', n })
  return { ...operation, ...over, body: { ...operation.body, available: wanted } }
}

export const stock: CheckGroup = {
  name: 'stock',
  checks: [
    forStock('what a channel sold unseen is not given back', async (kit, bench, stock) => {
      for (const [index, { expected, found, wanted, shown }] of CASES.entries()) {
        const n = index + 1
        const push = (given: Parameters<typeof stockOf>[2]) =>
          kit.connector.push!(stockOf(kit, n, given), bench.context)
        const { externalId } = await push({ wanted: expected })
        stock.put(n, found)
        const result = await push({ wanted, expected, externalId, revision: 2 })
        const said = `expected ${expected}, found ${found}, wanted ${wanted}`
        assert.equal(stock.shown(n), shown, `${said}: the channel shows ${stock.shown(n)}, not ${shown}.`)
        assertFound(result, { expected, found, wanted, shown }, said)
      }
    }),
    forStock('stock of many articles at once is written for each by itself', async (kit, bench, stock) => {
      const context = sharingCalls(bench.context, bench.clock)
      const numbers = Array.from({ length: AT_ONCE }, (_, index) => index + 1)
      const links = new Map<number, string>()
      for (const n of numbers) {
        stock.put(n, FIRST)
        const { externalId } = await kit.connector.push!(stockOf(kit, n, { wanted: FIRST }), bench.context)
        links.set(n, externalId)
      }
      const late = new HubError('LEASE_LAPSED')
      const given = (n: number): PushOperation => {
        const known = { expected: FIRST, externalId: links.get(n) ?? null, revision: 2 }
        const operation = stockOf(kit, n, { wanted: n, ...known })
        if (n === 3)
          return { ...operation, externalId: null, ...kit.conformance.pushes?.inventory?.refused?.() }
        if (n !== 5) return operation
        const sending = () => {
          throw late
        }
        return { ...operation, sending }
      }
      let calls = 0
      bench.proxy?.watch({ before: () => void calls++ })
      const answers = await Promise.allSettled(numbers.map(n => kit.connector.push!(given(n), context)))
      for (const [index, n] of numbers.entries()) assertOwn(n, answers[index]!, { stock, late })
      assert.ok(
        stock.calls === undefined || calls <= stock.calls,
        `${AT_ONCE} articles at once took ${calls} calls; share them by \`context.together\`.`,
      )
    }),
  ],
}

/** By what it says the hub works out what is shown, and hears of the rest when the orders arrive: no less than is there. */
function assertFound(
  { found: told }: PushResult,
  { expected, found, wanted, shown }: Case,
  said: string,
): void {
  if (told === undefined) return
  const believed = Math.max(0, wanted - Math.max(0, expected - told))
  const unheard = Math.max(0, expected - found)
  assert.ok(
    believed >= shown && believed - shown <= unheard,
    `${said}: push.ts says that it found ${told}, by which ${believed} were shown.`,
  )
}

function assertOwn(
  n: number,
  answer: PromiseSettledResult<PushResult>,
  { stock, late }: { stock: SimulatedStock; late: HubError },
): void {
  if (n === 5) {
    assert.equal(
      answer.status === 'rejected' && answer.reason,
      late,
      'Whose lease has ended got another answer.',
    )
    assert.equal(stock.shown(n), FIRST, 'Whose lease had ended was written all the same.')
  } else if (n === 3) {
    assert.equal(answer.status, 'rejected', 'What the partner refused was confirmed.')
  } else {
    assert.equal(answer.status, 'fulfilled', `Article ${n}: ${answer.status === 'rejected' && answer.reason}`)
    assert.equal(stock.shown(n), n, `Article ${n} shows ${stock.shown(n)}.`)
  }
}
