import { fastErp } from '../fast-erp.ts'
import { median } from '../quantile.ts'
import { confirmed, enqueueDeliveries, wantDeliveries } from './backlog.ts'
import { hubProcessOn, team } from './hub-team.ts'
import type { Servers } from './servers.ts'

const ERP_MS = 50
/** Calls at once of one process: at most 40 a second, so that the ERP's latency is the limit and not the machine. */
const CONCURRENCY = 2
/** Of one process in one round: about five seconds. */
const DELIVERIES = 200
/** Of one process before a round: its code is compiled and its connections stand. */
const WARM_UP = 80
const ROUNDS = 3
const LOOK_EVERY_MS = 5
const PATIENCE_MS = 60_000

/** Confirmations per second of two deliverer processes ÷ those of one, at an ERP that needs 50 ms a call. */
export async function benchTwoDeliverers(servers: Servers): Promise<number> {
  const erp = await fastErp(ERP_MS)
  const before = await confirmed(servers)
  let orders = 1_000_000

  /** Per second, from the first wake-up to the last call at the ERP: asking the store meanwhile would load it. */
  async function pace(count: number): Promise<number> {
    const ids = await wantDeliveries(servers, orders, count)
    orders += count
    const last = erp.arrived.size + count
    const startedAt = performance.now()
    await enqueueDeliveries(servers, ids)
    while (erp.arrived.size < last) {
      if (performance.now() - startedAt > PATIENCE_MS)
        throw new Error('Deliveries are not made after a minute.')
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS))
    }
    return count / ((performance.now() - startedAt) / 1e3)
  }

  async function confirmedPerSecond(processes: number): Promise<number> {
    const deliverers = team(
      await Promise.all(
        Array.from({ length: processes }, () =>
          hubProcessOn(servers, {
            ...{ erpPort: erp.port, roles: ['deliverer'] },
            engine: { deliverConcurrency: CONCURRENCY },
          }),
        ),
      ),
    )
    try {
      await pace(WARM_UP * processes)
      return await pace(DELIVERIES * processes)
    } finally {
      await deliverers.stop()
    }
  }

  try {
    const rounds: { one: number; two: number }[] = []
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({ one: await confirmedPerSecond(1), two: await confirmedPerSecond(2) })
    const wanted = orders - 1_000_000
    const held = (await confirmed(servers)) - before
    if (held !== wanted) throw new Error(`${wanted - held} of ${wanted} deliveries are not confirmed.`)
    const [one, two] = [median(rounds.map(round => round.one)), median(rounds.map(round => round.two))]
    console.log(`deliverers at an ERP of ${ERP_MS} ms: one ${one.toFixed(0)}/s, two ${two.toFixed(0)}/s`)
    return median(rounds.map(round => round.two / round.one))
  } finally {
    await erp.close()
  }
}
