import type { Collection, Document } from 'mongodb'
import type { Page, PageRequest } from '../../contracts/store.ts'
import { decodeCursor, encodeCursor, limitOf } from '../paging.ts'
import type { Row } from './shape.ts'

export interface ListingOptions<Item> {
  collection: Collection<Row>
  projection?: Document
  toItem: (row: Document) => Item
}

/** Newest first by `seq`, page by page: what arrives meanwhile appears on no later page. */
export class Listing<Item> {
  readonly #options: ListingOptions<Item>

  constructor(options: ListingOptions<Item>) {
    this.#options = options
  }

  async page(filter: Document, request: PageRequest = {}): Promise<Page<Item>> {
    const [before] = decodeCursor(request, 1) ?? []
    const [rows, total] = await Promise.all([this.newest(filter, request, before), this.count(filter)])
    return this.pageOf(rows, request, total, seq => [seq])
  }

  /** One more than the page holds. */
  newest(filter: Document, request: PageRequest, before?: string | number): Promise<Row[]> {
    const { collection, projection } = this.#options
    const within = { ...filter['seq'], ...(before !== undefined && { $lt: String(before) }) }
    return collection
      .find(
        { ...filter, ...(Object.keys(within).length > 0 && { seq: within }) },
        { projection, batchSize: limitOf(request) + 1 },
      )
      .sort({ seq: -1 })
      .limit(limitOf(request) + 1)
      .toArray()
  }

  /** Without a filter, an index is walked instead of the records. */
  count(filter: Document): Promise<number> {
    const everything = Object.keys(filter).length === 0
    return this.#options.collection.countDocuments(filter, everything ? { hint: '_id_' } : {})
  }

  pageOf(
    rows: readonly Row[],
    request: PageRequest,
    total: number,
    cursorAt: (seq: string) => (string | number)[],
  ): Page<Item> {
    const limit = limitOf(request)
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      items: shown.map(this.#options.toItem),
      next: last && rows.length > limit ? encodeCursor(cursorAt(last['seq'])) : null,
      total,
    }
  }
}
