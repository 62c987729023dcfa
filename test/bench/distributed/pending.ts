import { fastErp } from '../fast-erp.ts'
import { enqueueDeliveries, wantDeliveries } from './backlog.ts'
import { hubProcessOn } from './hub-team.ts'
import type { Servers } from './servers.ts'

export interface PendingFigures {
  /** What Redis holds with a job for each. */
  redisMb: number
  /** Of a deliverer process that also sweeps, at its peak. */
  rssMb: number
}

const WORKS_MS = 10_000

/** Memory with so many deliveries pending in the store and waiting in Redis, while a process works on them. */
export async function benchPending(servers: Servers, count = 200_000): Promise<PendingFigures> {
  const erp = await fastErp()
  try {
    const ids = await wantDeliveries(servers, 10_000_000, count)
    await enqueueDeliveries(servers, ids)
    const redisMb = await servers.redis.use(async redis => usedMb(await redis.info('memory')))
    const hub = await hubProcessOn(servers, { erpPort: erp.port, roles: ['deliverer', 'maintenance'] })
    try {
      await new Promise(resolve => setTimeout(resolve, WORKS_MS))
      const rssMb = await hub.peakMb()
      const worked = `${erp.arrived.size} delivered in ${WORKS_MS / 1e3} s`
      console.log(
        `${count} pending: Redis ${redisMb.toFixed(0)} MB, process ${rssMb.toFixed(0)} MB, ${worked}`,
      )
      return { redisMb, rssMb }
    } finally {
      await hub.stop()
    }
  } finally {
    await erp.close()
  }
}

const usedMb = (info: string): number => Number(/^used_memory:(\d+)/m.exec(info)![1]) / 2 ** 20
