/** The storm in full, by hand: `node test/faults/run-storm.ts [orders] [kills] [seed]`. The suite runs a smaller one. */
import { type Strategy, storm } from './storm.ts'

const [orders = 2_000, kills = 20, seed = 1] = process.argv.slice(2).map(Number)
const strategies: Strategy[] = ['upsert', 'idempotency-key', 'search-then-create']

for (const strategy of strategies) {
  const report = await storm({
    strategy,
    orders,
    kills,
    seed,
    progress: line => console.error(`${strategy}: ${line}`),
  })
  const bad = report.lost.length + report.doubled.length + report.stale.length + report.deadLetters
  console.log(JSON.stringify({ strategy, ...report }))
  if (bad > 0) process.exitCode = 1
}
