/** How near the end of a partner's API version is. Pure, and free of Node: the pages use it too. */
export interface ApiEnd {
  status: 'open' | 'later' | 'soon' | 'ended'
  /** Whole days until the day on which it ends; null: no end is known. */
  daysLeft: number | null
}

const DAY_MS = 86_400_000

/** Time to move to the next version without haste. */
export const SOON_DAYS = 90

/** `sunset`: ISO date of the first day without it. */
export function apiEnd(sunset: string | undefined, now: number): ApiEnd {
  if (sunset === undefined) return { status: 'open', daysLeft: null }
  const leftMs = Date.parse(sunset) - now
  const daysLeft = Math.ceil(leftMs / DAY_MS) || 0
  return { daysLeft, status: leftMs <= 0 ? 'ended' : daysLeft < SOON_DAYS ? 'soon' : 'later' }
}
