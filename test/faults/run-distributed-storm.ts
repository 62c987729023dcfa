/** The distributed storm in full, by hand: `node test/faults/run-distributed-storm.ts [orders] [kills] [seed] [strategy…]`. */
import { type MongoServer, ownMongoServer } from '../support/mongo-server.ts'
import { distributedStorm } from './distributed-storm.ts'
import { harmOf, STRATEGIES, type Strategy } from './storm/options.ts'

const [orders = 5_000, kills = 20, seed = 1] = process.argv.slice(2, 5).map(Number)
const wanted = process.argv.slice(5)
const mongo = await ownMongoServer()

async function stormWith(server: MongoServer, strategy: Strategy): Promise<void> {
  const report = await distributedStorm({
    ...{ mongo: server, strategy, orders, kills, seed },
    progress: line => console.error(`${new Date().toISOString().slice(11, 23)} ${strategy}: ${line}`),
  })
  console.log(JSON.stringify({ strategy, ...report }))
  if (harmOf(report) + report.ended.length > 0) process.exitCode = 1
}

try {
  await mongo?.start()
  for (const strategy of mongo ? STRATEGIES : [])
    if (wanted.length === 0 || wanted.includes(strategy)) await stormWith(mongo!, strategy)
} finally {
  await mongo?.end()
}
