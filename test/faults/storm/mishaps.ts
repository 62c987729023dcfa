import { setTimeout as pause } from 'node:timers/promises'

/** Something that goes wrong once so much of the work is done. */
export interface Mishap {
  /** Share of the work, 0 to 1. */
  at: number
  name: string
  happen(): Promise<void>
}

const LOOK_MS = 20

/** Lets each happen as soon as so much is done, whatever else is going wrong; `finished` rejects when one of them fails. */
export function startMishaps(
  mishaps: readonly Mishap[],
  { done, progress }: { done(): number; progress?(line: string): void },
): { finished: Promise<void>; stop(): Promise<void> } {
  let stopped = false
  const inTime = async ({ at, name, happen }: Mishap): Promise<void> => {
    while (done() < at && !stopped) await pause(LOOK_MS)
    if (stopped) return
    progress?.(name)
    await happen()
  }
  const all = mishaps.map(inTime)
  const finished = Promise.all(all).then(() => undefined)
  // Whoever waits for it is told; until then it is nobody's surprise.
  finished.catch(() => undefined)
  return {
    finished,
    async stop() {
      stopped = true
      await Promise.allSettled(all)
    },
  }
}
