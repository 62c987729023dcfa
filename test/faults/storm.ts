import { join } from 'node:path'
import { createErpSimulator } from '#connectors/erp/rest/simulator.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { declaredHub } from '../support/declared.ts'
import { hubProcess } from '../support/hub-process.ts'
import { seeded } from '../support/seeded.ts'
import { Acknowledged } from './storm/compare.ts'
import { createKey, untilDrained } from './storm/drain.ts'
import { startKiller } from './storm/killer.ts'
import { ERP_TIMEOUT_MS, FAULTS, SECRET, type StormOptions, type StormReport } from './storm/options.ts'
import { planOf } from './storm/plan.ts'
import { sendAll } from './storm/send.ts'

/** Signed orders, doubled and out of order, into a hub that is killed at random, in front of an ERP that fails at random. */
export async function storm(options: StormOptions): Promise<StormReport> {
  const { strategy, progress } = options
  const started = Date.now()
  const random = seeded(options.seed)
  const erp = createErpSimulator({ random: seeded(options.seed + 1), faults: options.faults ?? FAULTS })
  const baseUrl = await erp.listen()
  const hub = await hubProcess({
    config: declaredHub({ baseUrl, secret: SECRET, erp: { strategy, timeoutMs: ERP_TIMEOUT_MS } }),
  })
  await hub.start()
  const plan = planOf(options.orders, random)
  const killer = startKiller(hub, options.kills, random)
  const acknowledged = new Acknowledged()
  let sent = 0
  try {
    await sendAll(plan, {
      urls: [hub.url],
      acknowledged({ order }) {
        acknowledged.remember(order)
        if (++sent % 250 === 0) progress?.(`${sent} of ${plan.length} acknowledged, ${killer.done()} kills`)
      },
    })
    const kills = await killer.finished
    const key = await createKey(openSqliteStore({ url: join(hub.dataDir, 'hub.db'), engine: false }))
    const deadLetters = await untilDrained({ url: hub.url, key, progress })
    return {
      sent,
      acknowledged: acknowledged.orders,
      kills,
      ...acknowledged.compare(erp.records('order')),
      deadLetters,
      seconds: (Date.now() - started) / 1_000,
    }
  } catch (error) {
    throw new Error(`${String(error)}\nThe hub said:\n${hub.output()}`, { cause: error })
  } finally {
    await killer.stop()
    await hub.kill()
    await erp.close()
  }
}
