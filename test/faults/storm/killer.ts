import { setTimeout as pause } from 'node:timers/promises'
import type { HubProcess } from '../../support/hub-process.ts'

/** SIGKILLs at random moments, each followed by a start. */
export function startKiller(hub: HubProcess, kills: number, random: () => number) {
  let done = 0
  let stopped = false
  const finished = (async () => {
    while (done < kills && !stopped) {
      await pause(100 + random() * 900)
      await hub.kill()
      done += 1
      await hub.start()
    }
    return done
  })()
  return {
    finished,
    done: () => done,
    async stop() {
      stopped = true
      await finished.catch(() => undefined)
    },
  }
}
