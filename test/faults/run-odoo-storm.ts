/** The storm at a real Odoo, by hand: `node test/faults/run-odoo-storm.ts [orders] [kills] [seed]`. The suite runs a small one. */
import { odooServer } from '../support/odoo.ts'
import { harmOf, odooStorm } from './odoo-storm.ts'

const [orders = 500, kills = 10, seed = 1] = process.argv.slice(2).map(Number)
const server = odooServer()

if (server) {
  const began = Date.now()
  const progress = (line: string) => console.error(`${Math.round((Date.now() - began) / 1_000)} s: ${line}`)
  const report = await odooStorm({ server, orders, kills, seed, progress, withWayBack: true })
  console.log(JSON.stringify(report))
  if (harmOf(report) > 0) process.exitCode = 1
}
