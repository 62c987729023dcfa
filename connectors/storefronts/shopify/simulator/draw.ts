/** Gives numbers from 0 to below 1; injected, so that a run can be repeated. */
export type Random = () => number

export const pick = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)] as T
export const between = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1))
