import type { Collection, Document } from 'mongodb'
import type { Claim } from '../../../contracts/store.ts'
import type { Batches } from '../../../kernel/batches.ts'
import { identity, type Row } from '../shape.ts'
import { statements } from './statements.ts'

interface Asked {
  id: string
  claim: Claim
}

/** Bodies come with what is claimed. */
const MAX_ITEMS = 100

/** Claims of many records: written in one statement, then read by their tokens, which tell whose each one is. */
export class ClaimBatches {
  readonly #batches: Batches<Asked, Row | null>

  constructor(collection: Collection<Row>, update: (claim: Claim) => Document[]) {
    this.#batches = statements({
      maxItems: MAX_ITEMS,
      async run(asked) {
        const { matchedCount } = await collection.bulkWrite(
          asked.map(({ id, claim }) => ({
            updateOne: { filter: { _id: id, readyAt: { $lte: claim.now } }, update: update(claim) },
          })),
          { ordered: false },
        )
        const rows = matchedCount > 0 ? await claimedBy(collection, asked) : []
        const held = new Map(rows.map(row => [identity(row._id, row['claimToken']), row]))
        return index => {
          const { id, claim } = asked[index]!
          return { result: held.get(identity(id, claim.token)) ?? null }
        }
      },
    })
  }

  claim(id: string, claim: Claim): Promise<Row | null> {
    return this.#batches.ask({ id, claim })
  }
}

const claimedBy = (collection: Collection<Row>, asked: readonly Asked[]): Promise<Row[]> =>
  collection
    .find(
      {
        _id: { $in: [...new Set(asked.map(({ id }) => id))] },
        claimToken: { $in: asked.map(({ claim }) => claim.token) },
      },
      { batchSize: asked.length + 1 },
    )
    .toArray()
