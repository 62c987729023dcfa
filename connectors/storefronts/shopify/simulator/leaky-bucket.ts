import type { Clock } from '../../../sdk/index.ts'

export interface ThrottleStatus {
  maximumAvailable: number
  currentlyAvailable: number
  restoreRate: number
}

/** Points per shop and app: https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits */
export interface LeakyBucket {
  /** False: the bucket cannot pay that, and nothing was taken. */
  take(points: number): boolean
  giveBack(points: number): void
  status(): ThrottleStatus
}

export function createLeakyBucket(
  clock: Clock,
  { size, restoreRate }: { size: number; restoreRate: number },
): LeakyBucket {
  let available = size
  let at = clock.now()
  const refill = () => {
    const now = clock.now()
    available = Math.min(size, available + ((now - at) / 1_000) * restoreRate)
    at = now
  }
  return {
    take(points) {
      refill()
      if (points > available) return false
      available -= points
      return true
    },
    giveBack(points) {
      available = Math.min(size, available + points)
    },
    status() {
      refill()
      return { maximumAvailable: size, currentlyAvailable: Math.floor(available), restoreRate }
    },
  }
}
