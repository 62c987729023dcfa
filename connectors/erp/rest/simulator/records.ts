/** One record of the simulated ERP. */
export interface ErpRecord {
  id: string
  key: string
  /** As the last write sent it. */
  revision: number
  body: Record<string, unknown>
  /** Writes that changed it, the creating one included. */
  writes: number
  /** Revisions in the order they were written, at most the last 50. */
  history: number[]
}

const MOST_HISTORY = 50

/** What the ERP holds: as naive as the worst real one, so a second POST of a key makes a second record. */
export class ErpRecords {
  #byId = new Map<string, ErpRecord>()
  #byKey = new Map<string, ErpRecord[]>()
  #made = 0

  get size(): number {
    return this.#byId.size
  }

  all(): ErpRecord[] {
    return [...this.#byId.values()]
  }

  byId(id: string): ErpRecord | undefined {
    return this.#byId.get(id)
  }

  /** All records of a key, oldest first: more than one is a duplicate. */
  byKey(key: string): readonly ErpRecord[] {
    return this.#byKey.get(key) ?? []
  }

  create(prefix: string, body: Record<string, unknown>): ErpRecord {
    this.#made += 1
    const record: ErpRecord = {
      id: `${prefix}-${this.#made}`,
      key: text(body['key']),
      revision: 0,
      body,
      writes: 0,
      history: [],
    }
    this.#byId.set(record.id, record)
    const same = this.#byKey.get(record.key)
    if (same) same.push(record)
    else this.#byKey.set(record.key, [record])
    return this.update(record, body)
  }

  update(record: ErpRecord, body: Record<string, unknown>): ErpRecord {
    record.body = body
    record.revision = Number(body['revision'] ?? 0)
    record.writes += 1
    record.history.push(record.revision)
    if (record.history.length > MOST_HISTORY) record.history.shift()
    return record
  }

  /** As if someone had deleted it by hand. */
  remove(id: string): boolean {
    const record = this.#byId.get(id)
    if (!record) return false
    this.#byId.delete(id)
    const rest = this.byKey(record.key).filter(other => other !== record)
    if (rest.length > 0) this.#byKey.set(record.key, rest)
    else this.#byKey.delete(record.key)
    return true
  }

  duplicates(): number {
    return [...this.#byKey.values()].filter(records => records.length > 1).length
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
