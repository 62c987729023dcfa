import type { Collection, Document } from 'mongodb'
import type { Drift, DriftFilter, DriftFinding, Page, PageRequest } from '../../contracts/store.ts'
import { contentHash } from '../../kernel/canonical-json.ts'
import { mergeFindings } from '../drift-rules.ts'
import { decodeCursor, encodeCursor, limitOf } from '../paging.ts'
import { equals } from './filters.ts'
import type { Parts } from './repository.ts'
import { type Row, shapeOf } from './shape.ts'
import { Table } from './table.ts'

type FindingRow = DriftFinding & { id: string }

export const FINDING = shapeOf<FindingRow>({ id: 'id' })

const conditionsOf = (filter: DriftFilter & { pointer?: string }) =>
  equals(['tenant', 'connection', 'topic', 'kind', 'pointer'], filter)

/** A digest: pointers and values have no bound. */
export const idOf = ({ connection, topic, kind, pointer, value }: DriftFinding): string =>
  contentHash([connection, topic, kind, pointer, value])

export function createDrift({ collection, arrivals }: Parts): Drift {
  const drift = collection('drift')
  const table = new Table<FindingRow>({ collection: drift, shape: FINDING, arrivals })

  return {
    async add(findings) {
      for (const finding of findings) {
        const added = { ...finding, id: idOf(finding) }
        await table.change({
          id: added.id,
          at: finding.lastAt,
          rule: stored => (stored ? { ...mergeFindings(stored, added), id: added.id } : added),
        })
      }
    },
    list: (filter, page) => newestSeen(drift, conditionsOf(filter), page),
    async clear(filter) {
      return (await drift.deleteMany(conditionsOf(filter))).deletedCount
    },
  }
}

/** A finding that is seen again between two pages moves to the front: it appears on no later page. */
async function newestSeen(
  drift: Collection<Row>,
  filter: Document,
  request: PageRequest = {},
): Promise<Page<DriftFinding>> {
  const limit = limitOf(request)
  const [rows, total] = await Promise.all([
    drift
      .find({ ...filter, ...before(request) })
      .sort({ lastAt: -1, seq: -1 })
      .limit(limit + 1)
      .toArray(),
    drift.countDocuments(filter),
  ])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(findingOf),
    next: last && rows.length > limit ? encodeCursor([last['lastAt'], last['seq']]) : null,
    total,
  }
}

/** The first term gives the index its bounds. */
function before(request: PageRequest): Document {
  const place = decodeCursor(request, 2)
  if (!place) return {}
  const [lastAt, seq] = [Number(place[0]), String(place[1])]
  return { lastAt: { $lte: lastAt }, $or: [{ lastAt: { $lt: lastAt } }, { seq: { $lt: seq } }] }
}

export function findingOf(row: Document): DriftFinding {
  const { id: _id, ...finding } = FINDING.record(row)
  return finding
}
