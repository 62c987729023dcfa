import { load } from './load.ts'
import { type MeasuredChild, measuredChild } from './measured-child.ts'

const CONNECTIONS = 50
const ROUNDS = 4

interface Pace {
  perSecond: number
  perCpuSecond: number
}

/**
 * Webhooks taken in by the hub (verified, durable, queued) against those that a bare node:http server verifies and
 * parses, at 50 keep-alive connections. Rounds alternate, so that what else the machine does hits both.
 */
export async function benchIngest(seconds = 8): Promise<{ vsBare: number; vsBareCpu: number }> {
  const bare = await measuredChild(new URL('ingest-bare.ts', import.meta.url))
  const hub = await measuredChild(new URL('ingest-hub.ts', import.meta.url))
  try {
    for (const server of [bare, hub]) await pace(server, 0.5)
    const rounds: { bare: Pace; hub: Pace }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const share = seconds / ROUNDS / 2
      rounds.push({ bare: await pace(bare, share), hub: await pace(hub, share) })
    }
    return {
      vsBare: median(rounds.map(round => round.hub.perSecond / round.bare.perSecond)),
      vsBareCpu: median(rounds.map(round => round.hub.perCpuSecond / round.bare.perCpuSecond)),
    }
  } finally {
    await Promise.all([bare.stop(), hub.stop()])
  }
}

async function pace(server: MeasuredChild, seconds: number): Promise<Pace> {
  const before = await server.cpuSeconds()
  const done = await load(server.port, CONNECTIONS, seconds)
  const cpu = (await server.cpuSeconds()) - before
  return { perSecond: done.requests / done.seconds, perCpuSecond: done.requests / cpu }
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2
}

if (import.meta.main) console.log(await benchIngest())
