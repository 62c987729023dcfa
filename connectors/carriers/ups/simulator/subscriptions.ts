interface Subscription {
  lapsesAt: number
  writes: number
}

const FOURTEEN_DAYS_MS = 14 * 86_400_000

/** Who is told of which number, and how long. */
export class Subscriptions {
  readonly #all = new Map<string, Subscription>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Again is the same subscription, for fourteen days from now. */
  add(number: string): void {
    const writes = (this.#all.get(number)?.writes ?? 0) + 1
    this.#all.set(number, { writes, lapsesAt: this.#now() + FOURTEEN_DAYS_MS })
  }

  /** Whether alerts of this number are still sent. */
  isLive(number: string): boolean {
    return (this.#all.get(number)?.lapsesAt ?? 0) > this.#now()
  }

  held(): { key: string; body: unknown; writes: number }[] {
    return [...this.#all].map(([key, { lapsesAt, writes }]) => ({ key, body: { lapsesAt }, writes }))
  }
}
