import type { Collection } from 'mongodb'
import type { Batches } from '../../../kernel/batches.ts'
import type { Row } from '../shape.ts'
import { statements } from './statements.ts'

interface Dependency {
  waitsFor: string
  destination: string
}

/** Who waits for a document at a destination: asked after every confirmation, and mostly nobody does. */
export class WaitingBatches {
  readonly #batches: Batches<Dependency, Row[]>

  /** `limit`: of the records that one question is answered with. */
  constructor(collection: Collection<Row>, limit: number) {
    const read = (asked: readonly Dependency[]): Promise<Row[]> =>
      collection
        .find(
          {
            waitsFor: { $in: [...new Set(asked.map(({ waitsFor }) => waitsFor))] },
            destination: { $in: [...new Set(asked.map(({ destination }) => destination))] },
            state: 'waiting',
          },
          { batchSize: limit + 1 },
        )
        .limit(limit)
        .toArray()

    this.#batches = statements({
      async run(asked) {
        const rows = await read(asked)
        // Cut off: somebody's may be missing, so each asks for itself.
        const answers = rows.length < limit ? null : await Promise.all(asked.map(one => read([one])))
        return index => ({ result: answers?.[index] ?? rows.filter(row => waitsAs(row, asked[index]!)) })
      },
    })
  }

  waitingFor(dependency: Dependency): Promise<Row[]> {
    return this.#batches.ask(dependency)
  }
}

const waitsAs = (row: Row, { waitsFor, destination }: Dependency): boolean =>
  row['waitsFor'] === waitsFor && row['destination'] === destination
