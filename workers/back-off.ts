const FIRST_MS = 250
const LONGEST_MS = 30_000

/** Doubling pauses, half of each by chance: processes that fell together do not get up together. `failures` from 1 on. */
export function backOffMs(failures: number, random: () => number): number {
  const whole = Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS)
  return Math.ceil(whole / 2 + (random() * whole) / 2)
}
