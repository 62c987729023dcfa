/** What may go wrong with one request. `store` says whether the ERP takes the change before it fails. */
export type Fault =
  | '500-before-store'
  | '500-after-store'
  | 'timeout-before-store'
  | 'timeout-after-store'
  | 'hang-up-after-store'
  | 'throttle'

/** Probabilities from 0 to 1, per request. Change them while it runs. */
export interface ErpFaults {
  p500BeforeStore?: number
  p500AfterStore?: number
  pTimeoutAfterStore?: number
  /** Half an answer, then the connection ends. */
  pHangUp?: number
  p429?: number
  /** Seconds told in Retry-After with a 429. */
  retryAfter?: number
  /** Milliseconds before every answer. */
  latencyMs?: number
  /** Milliseconds after which a request that “times out” is answered all the same; without it, never. */
  lateMs?: number
}

const CHANCES: readonly (readonly [keyof ErpFaults, Fault])[] = [
  ['p429', 'throttle'],
  ['p500BeforeStore', '500-before-store'],
  ['p500AfterStore', '500-after-store'],
  ['pTimeoutAfterStore', 'timeout-after-store'],
  ['pHangUp', 'hang-up-after-store'],
]

/** Faults told in advance come first, one request each; the rest is chance. */
export class FaultPlan {
  readonly faults: ErpFaults
  readonly #random: () => number
  readonly #told: { fault: Fault; method: string | undefined }[] = []

  constructor(faults: ErpFaults, random: () => number) {
    this.faults = faults
    this.#random = random
  }

  /** The next request (of that method) fails this way. */
  failNext(fault: Fault, method?: string): void {
    this.#told.push({ fault, method })
  }

  next(method: string): Fault | null {
    const at = this.#told.findIndex(told => told.method === undefined || told.method === method)
    if (at >= 0) return this.#told.splice(at, 1)[0]!.fault
    for (const [chance, fault] of CHANCES) if (this.#happens(this.faults[chance])) return fault
    return null
  }

  #happens(chance = 0): boolean {
    return chance > 0 && this.#random() < chance
  }
}
