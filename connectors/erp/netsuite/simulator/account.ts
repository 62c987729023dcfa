/** A record of any type, as its REST representation. */
export interface SimulatedRecord {
  id: string
  type: string
  externalId?: string
  changedAt: number
  /** Writes that changed it, the creating one included. */
  writes: number
  body: Record<string, unknown>
}

export interface SimulatedItem {
  id: string
  itemid: string
  itemtype: string
  displayname?: string
  upccode?: string
  isinactive: 'T' | 'F'
  changedAt: number
}

export interface SimulatedBalance {
  item: string
  location: string
  available: number
}

/** What an error of NetSuite says of itself. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly path: string | undefined

  constructor(status: number, code: string, { detail, path }: { detail: string; path?: string }) {
    super(detail)
    this.status = status
    this.code = code
    this.path = path
  }
}

/** Records by type with unique external ids, items, stock and currencies: what lies behind SuiteTalk. */
export class Account {
  readonly items: SimulatedItem[] = []
  readonly balances: SimulatedBalance[] = []
  readonly locations = new Map([
    ['2', 'West'],
    ['3', 'East'],
  ])
  readonly currencies = new Map([
    ['USD', '1'],
    ['EUR', '4'],
  ])
  readonly #records = new Map<string, SimulatedRecord>()
  readonly #now: () => number
  #last = 1_000

  constructor(now: () => number) {
    this.#now = now
  }

  nextId(): string {
    return String(++this.#last)
  }

  addItem(itemid: string, over: Partial<SimulatedItem> = {}): SimulatedItem {
    const item: SimulatedItem = {
      ...{ id: this.nextId(), itemid, itemtype: 'InvtPart', isinactive: 'F', changedAt: this.#now() },
      ...over,
    }
    this.items.push(item)
    return item
  }

  of(type: string): SimulatedRecord[] {
    return [...this.#records.values()].filter(record => record.type === type)
  }

  /** By internal id, or by `eid:…`. */
  find(type: string, id: string): SimulatedRecord | undefined {
    return id.startsWith('eid:')
      ? this.of(type).find(({ externalId }) => externalId === id.slice(4))
      : this.of(type).find(record => record.id === id)
  }

  create(type: string, body: Record<string, unknown>, id = this.nextId()): SimulatedRecord {
    const externalId = typeof body['externalId'] === 'string' ? body['externalId'] : undefined
    if (externalId !== undefined && this.find(type, `eid:${externalId}`))
      throw new Refused(400, 'USER_ERROR', { detail: 'This record already exists.' })
    const record = { id, type, externalId, changedAt: this.#now(), writes: 1, body }
    this.#records.set(id, record)
    return record
  }

  update(record: SimulatedRecord, body: Record<string, unknown>): SimulatedRecord {
    Object.assign(record, { body, changedAt: this.#now(), writes: record.writes + 1 })
    return record
  }

  remove({ id }: SimulatedRecord): void {
    this.#records.delete(id)
  }
}
