/** The storm in full, by hand: `node test/faults/run-storm.ts [orders] [kills] [seed]`. The suite runs a smaller one. */
import { harmOf, STRATEGIES } from './storm/options.ts'
import { storm } from './storm.ts'

const [orders = 2_000, kills = 20, seed = 1] = process.argv.slice(2).map(Number)

for (const strategy of STRATEGIES) {
  const report = await storm({
    strategy,
    orders,
    kills,
    seed,
    progress: line => console.error(`${strategy}: ${line}`),
  })
  console.log(JSON.stringify({ strategy, ...report }))
  if (harmOf(report) > 0) process.exitCode = 1
}
