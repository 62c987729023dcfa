import { setTimeout as pause } from 'node:timers/promises'

const STEP_MS = 5
const PATIENCE_MS = 15_000

/** Waits for a condition that another process brings about; fails where it never comes. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const end = Date.now() + patienceMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never came: ${holds}`)
    await pause(STEP_MS)
  }
}
