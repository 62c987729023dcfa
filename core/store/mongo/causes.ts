import type { Collection, Document } from 'mongodb'
import type { Cause, Page, PageRequest, Resource } from '../../contracts/store.ts'
import { decodeCursor, encodeCursor, limitOf } from '../paging.ts'
import type { Row } from './shape.ts'

interface Group extends Omit<Cause, 'cause' | 'resources' | 'lastAt' | 'sample' | 'code' | 'title'> {
  _id: string
  resources: (Resource | null)[]
  newest: { at: number; id: string }
}

const COUNT_OPEN = { $sum: { $cond: [{ $eq: ['$state', 'open'] }, 1, 0] } }

/** All that this reads is in the index, so that letters are looked at only for the causes of the page. */
const GROUP = {
  $group: {
    _id: '$cause',
    connections: { $addToSet: '$connection' },
    resources: { $addToSet: '$resource' },
    open: COUNT_OPEN,
    total: { $sum: 1 },
    firstAt: { $min: '$openedAt' },
    newest: { $max: { at: '$at', id: '$_id' } },
  },
}

/** The letters that match, grouped; the cause with the newest letter first. */
export async function causesPage(
  letters: Collection<Row>,
  filter: Document,
  request: PageRequest = {},
): Promise<Page<Cause>> {
  const limit = limitOf(request)
  const [counted] = await letters
    .aggregate(
      [
        { $match: filter },
        GROUP,
        { $facet: { items: [...after(request), SORT, { $limit: limit + 1 }], all: [{ $count: 'total' }] } },
      ],
      { hint: 'deadLettersCauses' },
    )
    .toArray()
  const groups: Group[] = counted?.['items'] ?? []
  const shown = groups.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: await withSamples(letters, shown),
    next: last && groups.length > limit ? encodeCursor([last.newest.at, last._id]) : null,
    total: counted?.['all'][0]?.total ?? 0,
  }
}

const SORT = { $sort: { 'newest.at': -1, _id: 1 } }

function after(request: PageRequest): Document[] {
  const place = decodeCursor(request, 2)
  if (!place) return []
  const [at, cause] = [Number(place[0]), String(place[1])]
  return [
    { $match: { $or: [{ 'newest.at': { $lt: at } }, { 'newest.at': { $eq: at }, _id: { $gt: cause } }] } },
  ]
}

async function withSamples(letters: Collection<Row>, groups: readonly Group[]): Promise<Cause[]> {
  const ids = groups.map(({ newest }) => newest.id)
  const found = await letters.find({ _id: { $in: ids } }, { projection: { code: 1, title: 1 } }).toArray()
  const letterOf = new Map(found.map(letter => [letter._id, letter]))
  return groups.map(({ _id, newest, resources, ...group }) => ({
    ...group,
    cause: _id,
    resources: resources.filter(resource => resource !== null),
    lastAt: newest.at,
    sample: newest.id,
    code: letterOf.get(newest.id)?.['code'],
    title: letterOf.get(newest.id)?.['title'],
  }))
}
