/** The stock storm in full, by hand: `node test/faults/run-stock-storm.ts [buyers] [kills] [seed]`. The suite runs a smaller one. */
import { stockStorm } from './stock-storm.ts'

const [buyers = 3_000, kills = 20, seed = 1] = process.argv.slice(2).map(Number)

const report = await stockStorm({ buyers, kills, seed, progress: line => console.error(line) })
console.log(JSON.stringify(report))
if (report.oversold.length + report.miscounted.length + report.deadLetters > 0) process.exitCode = 1
