import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { createMapper } from '#core/mapping/mapper.ts'
import { handWritten } from './mapping-order/hand-written.ts'
import { orderSchema } from './mapping-order/order.schema.ts'
import { shopifyOrder } from './mapping-order/payload.ts'
import { referenceMapping } from './mapping-order/reference.ts'

export interface MappingFigures {
  /** Speed of the compiled mapping as a part of the hand-written one's: 1 is the same. */
  vsHand: number
  /** How many times faster than the jsonata package evaluates the same leaves. */
  vsJsonata: number
  /** CPU milliseconds to compile the mapping file, once warm. */
  compileMs: number
}

const ROUNDS = 15
const CONTEXT = {
  bindings: {
    topic: 'orders/create',
    headers: {},
    connection: { id: 'a', tenant: 't', settings: {} },
    settings: {},
  },
}

/** A 40-field Shopify order of five lines: compiled, by hand and on the reference, in turns, by CPU time. */
export async function benchMapping(): Promise<MappingFigures> {
  const text = await readFile(new URL('./mapping-order/order.map.yaml', import.meta.url), 'utf8')
  const mapper = createMapper({ schemas: { order: orderSchema } })
  const compile = () => mapper.compile({ path: 'storefronts/shopify/order.map.yaml', text })
  const { plan, problems } = compile()
  if (!plan) throw new Error(JSON.stringify(problems))
  const reference = referenceMapping(text)
  const orders = Array.from({ length: 100 }, (_, n) => shopifyOrder(n))
  for (const order of orders.slice(0, 3)) {
    const mapped = mapper.run(plan, order, CONTEXT)
    assert.deepEqual(mapped, { ok: true, output: handWritten(order) })
    assert.deepEqual(
      mapped.ok && mapped.output.body,
      JSON.parse(JSON.stringify(await reference(order, CONTEXT.bindings))),
    )
  }
  const compiled = (times: number) => perCall(times, n => mapper.run(plan, orders[n % 100], CONTEXT))
  const byHand = (times: number) => perCall(times, n => handWritten(orders[n % 100]!))
  compiled(5_000)
  byHand(5_000)
  await perCallAsync(50, n => reference(orders[n]!, CONTEXT.bindings))
  const rounds: { hand: number; jsonata: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const [ours, hand] =
      round % 2 === 0
        ? [compiled(1_500), byHand(1_500)]
        : ([byHand(1_500), compiled(1_500)].toReversed() as [number, number])
    const jsonata = await perCallAsync(10, n => reference(orders[n]!, CONTEXT.bindings))
    rounds.push({ hand: hand / ours, jsonata: jsonata / ours })
  }
  perCall(20, compile)
  return {
    vsHand: median(rounds.map(round => round.hand)),
    vsJsonata: median(rounds.map(round => round.jsonata)),
    compileMs: perCall(20, compile) / 1_000,
  }
}

/** CPU microseconds of one call. */
function perCall(times: number, call: (n: number) => unknown): number {
  const before = process.cpuUsage()
  for (let n = 0; n < times; n++) call(n)
  return cpuSince(before) / times
}

async function perCallAsync(times: number, call: (n: number) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  for (let n = 0; n < times; n++) await call(n)
  return cpuSince(before) / times
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { vsHand, vsJsonata, compileMs } = await benchMapping()
  console.log(
    `mapping: ${vsHand.toFixed(2)} of hand-written, ${vsJsonata.toFixed(0)} × jsonata, compiled in ${compileMs.toFixed(1)} ms`,
  )
}
