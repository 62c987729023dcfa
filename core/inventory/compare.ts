import type { Store } from '../contracts/store.ts'
import type { Clock } from '../kernel/clock.ts'
import type { StockKeeper } from './keeper.ts'
import type { StockRules } from './rule.ts'

export interface CompareDeps {
  store: Pick<Store, 'cursors'>
  clock: Clock
  rules: StockRules
  keeper: Pick<StockKeeper, 'check'>
}

export interface Compare {
  /** Begins a compare of a tenant's items now; one under way begins again. */
  begin(tenant: string): Promise<void>
  /** The next page of every compare that is due: by night, or begun by hand. Repeating a page costs writes that change nothing. */
  step(): Promise<void>
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Of UTC: few buy, and most partners rest. */
const NIGHT_HOUR = 3

/** What of a compare is kept between two steps. */
interface Progress {
  /** Where the next page begins; absent at the first. */
  after?: string
  /** Whether it is under way. */
  isOn: boolean
}

/**
 * Every night, all channels that compare are written what they ought to show already: each looks first, so what agrees costs
 * a reading, and what does not is drift, counted and repaired by the same write.
 */
export function createCompare({ store, clock, rules, keeper }: CompareDeps): Compare {
  const keep = (tenant: string, progress: Progress) =>
    store.cursors.put({
      ...{ connection: nameOf(tenant), resource: 'inventory', updatedAt: clock.now() },
      value: JSON.stringify(progress),
    })

  async function stepOf(tenant: string): Promise<void> {
    const cursor = await store.cursors.get(nameOf(tenant), 'inventory')
    if (!cursor) return keep(tenant, { isOn: false })
    const { isOn, after } = JSON.parse(cursor.value) as Progress
    if (!isOn && cursor.updatedAt >= lastNight(clock.now())) return
    const next = await keeper.check(tenant, isOn ? after : undefined)
    await keep(tenant, next === null ? { isOn: false } : { isOn: true, after: next })
  }

  return {
    begin: tenant => keep(tenant, { isOn: true }),
    async step() {
      for (const tenant of rules.keys()) await stepOf(tenant)
    },
  }
}

/** Stands among the cursors where a connection does. */
const nameOf = (tenant: string): string => `stock:${tenant}`

const lastNight = (now: number): number => {
  const today = Math.floor(now / DAY_MS) * DAY_MS + NIGHT_HOUR * HOUR_MS
  return today <= now ? today : today - DAY_MS
}
