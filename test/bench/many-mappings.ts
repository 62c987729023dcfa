import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createMapper } from '#core/mapping/mapper.ts'
import { orderSchema } from './mapping-order/order.schema.ts'

export interface ManyMappingsFigures {
  /** MB of heap that a process holds with all of them loaded. */
  heapMb: number
  /** MB resident, with what the collector has not given back. */
  rssMb: number
}

/** 1,000 different mappings of 40 fields, compiled in a fresh process. */
export async function benchManyMappings(count = 1_000): Promise<ManyMappingsFigures> {
  const script = fileURLToPath(import.meta.url)
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, `${count}`])
  const figures = JSON.parse(stdout) as ManyMappingsFigures
  console.log(`${count} mappings: ${figures.heapMb} MB of heap, ${figures.rssMb} MB resident`)
  return figures
}

/** The fresh process. */
async function load(count: number): Promise<void> {
  const text = await readFile(new URL('./mapping-order/order.map.yaml', import.meta.url), 'utf8')
  const mapper = createMapper({ schemas: { order: orderSchema } })
  const plans = Array.from({ length: count }, (_, n) =>
    mapper.compile({
      path: `storefronts/shop-${n}/order.map.yaml`,
      text: text.replace('"shopify"', `"shop-${n}"`),
    }),
  )
  if (plans.some(({ plan }) => plan === null)) throw new Error(JSON.stringify(plans[0]!.problems))
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  process.stdout.write(JSON.stringify({ heapMb: toMb(heapUsed), rssMb: toMb(rss) }))
}

const toMb = (bytes: number): number => Math.round(bytes / 1_048_576)

const [, script, count] = process.argv
if (script === fileURLToPath(import.meta.url)) {
  if (count) await load(Number(count))
  else await benchManyMappings()
}
