import { setTimeout as pause } from 'node:timers/promises'
import type { HubProcess } from '../../support/hub-process.ts'

export interface Killing {
  /** SIGKILLs of the hub, the last one of them by `once`. */
  kills: number
  /** At the most, beside the second and a half that the hub lives at least. */
  apartMs?: number
  progress?(line: string): void
}

const APART_MS = 8_000

/** SIGKILLs far enough apart for calls to Odoo to be under way, from `start` on. */
export function startKiller(
  hub: HubProcess,
  { kills, apartMs = APART_MS, progress }: Killing,
  random: () => number,
) {
  let done = 0
  let stopped = false
  async function once(): Promise<void> {
    await pause(1_500 + random() * apartMs)
    await hub.kill()
    done += 1
    progress?.(`killed, ${done} of ${kills}`)
    await hub.start()
  }
  const { promise: begun, resolve: start } = Promise.withResolvers<void>()
  const finished = (async () => {
    await begun
    while (done < kills - 1 && !stopped) await once()
  })()
  finished.catch(() => undefined)
  return {
    ...{ start, once, finished, done: () => done },
    async stop() {
      stopped = true
      start()
      await finished.catch(() => undefined)
    },
  }
}
