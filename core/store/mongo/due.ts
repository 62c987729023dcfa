import type { Collection, Document, FindCursor } from 'mongodb'
import type { Due, Work } from '../../contracts/store.ts'
import type { Parts } from './repository.ts'
import type { Row } from './shape.ts'

const SOURCES = {
  translate: { name: 'messages', place: 'connection' },
  deliver: { name: 'deliveries', place: 'destination' },
} as const

/** The lower bound says that there is one, for planners that do not conclude from the upper that the partial index will do. */
const readyBy = (now: number) => ({ $gte: 0, $lte: now })

const CHUNK = 100
const ORDER = { priority: 1, readyAt: 1, seq: 1 } as const

/**
 * Reads due work place by place, so that a place left out costs nothing, and merges the places as they are read, so
 * that little more is read than asked for.
 */
export class DueWork {
  readonly #records: Collection<Row>
  readonly #place: string

  constructor(work: Work, { collection }: Parts) {
    this.#records = collection(SOURCES[work].name)
    this.#place = SOURCES[work].place
  }

  async read(now: number, limit: number, except: readonly string[]): Promise<Due[]> {
    const places = (await this.#places(readyBy(now))).filter(place => !except.includes(place))
    const cursors = places.map(place => this.#dueAt(place, now, limit))
    try {
      return await merged(cursors, limit)
    } finally {
      await Promise.all(cursors.map(cursor => cursor.close()))
    }
  }

  async next(now: number): Promise<number | null> {
    const readyAt = { $gt: now }
    let next: number | null = null
    for (const place of await this.#places(readyAt))
      for (let priority: Document = { $gte: Number.NEGATIVE_INFINITY }; ; ) {
        const first = await this.#first({ [this.#place]: { $eq: place }, priority, readyAt })
        if (!first) break
        priority = { $gt: first['priority'] }
        if (next === null || first['readyAt'] < next) next = first['readyAt']
      }
    return next
  }

  /** Places with something ready then, by jumping from one to the next in the index: their backlogs are not walked. */
  async #places(readyAt: Document): Promise<string[]> {
    const places: string[] = []
    for (let beyond: Document = { $gte: '' }; ; ) {
      const first = await this.#first({ [this.#place]: beyond, readyAt })
      if (!first) return places
      places.push(first[this.#place])
      beyond = { $gt: first[this.#place] }
    }
  }

  #first(filter: Document): Promise<Document | null> {
    return this.#records.findOne(filter, {
      sort: { [this.#place]: 1, ...ORDER },
      projection: { [this.#place]: 1, priority: 1, readyAt: 1, _id: 0 },
    })
  }

  #dueAt(place: string, now: number, limit: number): FindCursor<Row> {
    return this.#records
      .find({ [this.#place]: { $eq: place }, readyAt: readyBy(now) }, { batchSize: Math.min(CHUNK, limit) })
      .project<Row>({ priority: 1, readyAt: 1, seq: 1, claims: 1 })
      .sort(ORDER)
      .limit(limit)
  }
}

/** Most urgent first, then the longest due. There are few places, so the least head is simply looked for. */
async function merged(cursors: readonly FindCursor<Row>[], limit: number): Promise<Due[]> {
  const heads = await Promise.all(cursors.map(async cursor => ({ cursor, row: await cursor.next() })))
  const found: Due[] = []
  while (found.length < limit) {
    const least = heads.reduce<(typeof heads)[number] | null>(
      (best, head) => (head.row && (!best?.row || compare(head.row, best.row) < 0) ? head : best),
      null,
    )
    if (!least?.row) break
    const { _id, priority, claims } = least.row as Row & Omit<Due, 'id'>
    found.push({ id: _id, priority, claims })
    least.row = await least.cursor.next()
  }
  return found
}

const compare = (a: Document, b: Document): number =>
  a['priority'] - b['priority'] || a['readyAt'] - b['readyAt'] || (a['seq'] < b['seq'] ? -1 : 1)
