/**
 * `npm run bench`: every ratio in one run, a table for people, or with `--json` one object as the last line.
 * `npm run bench -- distributed`: those of many processes, on MONGODB_URL and a Redis of its own; `-- flash-sale`: nothing sold
 * twice, in simulated time; `-- stock-burst`: all stock anew at once, beside the orders.
 */
import { benchDistributed } from './distributed.ts'
import { benchEndToEnd } from './end-to-end.ts'
import type { Figure } from './figure.ts'
import { benchFlashSale } from './flash-sale.ts'
import { benchIngest } from './ingest.ts'
import { benchManyMappings } from './many-mappings.ts'
import { benchMapping } from './mapping.ts'
import { benchMemory } from './memory.ts'
import { benchStockBurst } from './stock-burst.ts'

const say = (text: string): boolean => process.stderr.write(`${text}\n`)

async function measure(): Promise<Figure[]> {
  say('ingest: signature, parse, dedupe, durable commit against a bare node:http server …')
  const ingest = await benchIngest()
  say('mapping: compiled against hand-written and against the jsonata package …')
  const mapping = await benchMapping()
  const many = await benchManyMappings()
  say('end to end: webhook to ERP against the straight line …')
  const endToEnd = await benchEndToEnd()
  say('memory: 200,000 pending messages …')
  const rssMb = await benchMemory()
  return [
    { name: 'ingestVsBare', value: ingest.vsBare, atLeast: 0.5, what: 'webhooks per second ÷ bare server' },
    {
      name: 'ingestVsBareCpu',
      value: ingest.vsBareCpu,
      atLeast: 0.5,
      what: 'webhooks per CPU second ÷ bare server',
    },
    { name: 'mappingVsHand', value: mapping.vsHand, atLeast: 0.8, what: 'mapping ÷ hand-written JavaScript' },
    { name: 'mappingVsJsonata', value: mapping.vsJsonata, atLeast: 100, what: 'mapping ÷ jsonata package' },
    { name: 'mappingCompileMs', value: mapping.compileMs, atMost: 20, what: 'CPU ms to compile a mapping' },
    { name: 'mappings1000HeapMb', value: many.heapMb, atMost: 150, what: 'MB of heap with 1,000 mappings' },
    { name: 'mappings1000RssMb', value: many.rssMb, what: 'MB resident with 1,000 mappings' },
    {
      name: 'endToEndVsStraight',
      value: endToEnd.vsStraight,
      atLeast: 0.35,
      what: 'orders per CPU second ÷ straight line',
    },
    {
      name: 'endToEndVsStraightWall',
      value: endToEnd.vsStraightWall,
      atLeast: 0.35,
      what: 'orders per second ÷ straight line',
    },
    { name: 'endToEndPerSecond', value: endToEnd.ordersPerSecond, what: 'orders per second, webhook to ERP' },
    { name: 'endToEndP50Ms', value: endToEnd.p50Ms, what: 'ms from webhook to ERP at 100 orders/s, median' },
    {
      name: 'endToEndP99Ms',
      value: endToEnd.p99Ms,
      what: 'ms from webhook to ERP at 100 orders/s, 99th percentile',
    },
    {
      name: 'rssMbAt200kPending',
      value: rssMb,
      atMost: 300,
      what: 'MB resident with 200,000 pending messages',
    },
  ]
}

const rounded = (value: number): number => Number(value.toPrecision(3))

function row({ name, value, what, atLeast, atMost }: Figure): string {
  const target = atLeast !== undefined ? `≥ ${atLeast}` : atMost !== undefined ? `≤ ${atMost}` : ''
  const good = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost)
  const mark = target === '' ? ' ' : good ? '✓' : '✗'
  return `${mark} ${name.padEnd(24)} ${String(rounded(value)).padStart(9)}  ${target.padEnd(7)} ${what}`
}

/** What is run by name alone. */
const NAMED: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  distributed: benchDistributed,
  'flash-sale': benchFlashSale,
  'stock-burst': benchStockBurst,
}

const named = Object.keys(NAMED).find(name => process.argv.includes(name))
const figures = await (named ? NAMED[named]! : measure)()
console.log(figures.map(row).join('\n'))
if (process.argv.includes('--json'))
  console.log(JSON.stringify(Object.fromEntries(figures.map(({ name, value }) => [name, rounded(value)]))))
