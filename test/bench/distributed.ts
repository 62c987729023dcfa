import { benchPending } from './distributed/pending.ts'
import { benchServers } from './distributed/servers.ts'
import { benchThroughput, countCommands } from './distributed/throughput.ts'
import { benchTwoDeliverers } from './distributed/two-deliverers.ts'
import type { Figure } from './figure.ts'

const say = (text: string): boolean => process.stderr.write(`${text}\n`)

/** Many processes on Redis and MongoDB; no figures, with a printed reason, where one of the two cannot be had. */
export async function benchDistributed(): Promise<Figure[]> {
  const servers = await benchServers()
  if (!servers) return []
  try {
    say('commands: what an order asks of MongoDB …')
    const commands = await countCommands(servers)
    const perOrder = Object.values(commands).reduce((sum, count) => sum + count, 0)
    for (const [name, count] of Object.entries(commands)) say(`  ${count.toFixed(2)} ${name}`)
    say('throughput: Redis and MongoDB against the embedded drivers …')
    const throughput = await benchThroughput(servers)
    say('deliverers: two processes against one, at an ERP of 50 ms …')
    const deliverers = await benchTwoDeliverers(servers)
    say('memory: 200,000 pending deliveries …')
    const pending = await benchPending(servers)
    return [
      {
        ...{ name: 'distributedVsEmbedded', value: throughput.vsEmbedded, atLeast: 0.4 },
        what: `orders per second ÷ embedded (${throughput.layout})`,
      },
      {
        ...{ name: 'distributedPerSecond', value: throughput.perSecond },
        what: 'orders per second on Redis and MongoDB',
      },
      { name: 'mongoCommandsPerOrder', value: perOrder, what: 'commands that an order asks of MongoDB' },
      {
        ...{ name: 'twoDeliverersVsOne', value: deliverers, atLeast: 1.8 },
        what: 'confirmations per second of two deliverers ÷ one',
      },
      {
        ...{ name: 'redisMbAt200kPending', value: pending.redisMb, atMost: 150 },
        what: 'MB in Redis with 200,000 pending deliveries',
      },
      {
        ...{ name: 'delivererMbAt200kPending', value: pending.rssMb, atMost: 300 },
        what: 'MB resident in a process that works on them',
      },
    ]
  } finally {
    await servers.end()
  }
}
