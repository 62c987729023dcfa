import type { Collection } from 'mongodb'
import type { Arrivals } from './arrivals.ts'
import type { CollectionName } from './indexes.ts'
import type { Row } from './shape.ts'

/** What a repository is made from. */
export interface Parts {
  collection(name: CollectionName): Collection<Row>
  arrivals: Arrivals
}
