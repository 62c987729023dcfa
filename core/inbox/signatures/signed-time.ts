import type { Refusal } from './scheme.ts'

/** Unix seconds; longer digits would be milliseconds or nonsense. */
const UNIX_SECONDS = /^\d{1,11}$/

export const isUnixSeconds = (text: string): boolean => UNIX_SECONDS.test(text)

/** Asked after the signature held: a stale request is then a genuine one that was kept back or replayed. */
export function staleness(seconds: string, toleranceSeconds: number, now: number): Refusal | null {
  const apart = Math.abs(now / 1_000 - Number(seconds))
  if (apart <= toleranceSeconds) return null
  return {
    ok: false,
    code: 'SIGNATURE_STALE',
    detail: `The signed time is more than ${toleranceSeconds} s away from ours.`,
  }
}
