import type { DeadLetter, DeadLetterFilter, DeadLetters } from '../../contracts/store.ts'
import { escalateLetter, mayClose, openLetter } from '../dead-letter-rules.ts'
import { causesPage } from './causes.ts'
import { equals } from './filters.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './shape.ts'
import { Table } from './table.ts'

export const LETTER = shapeOf<DeadLetter>({ id: 'id' })

const conditionsOf = (filter: DeadLetterFilter) => ({
  ...equals(['tenant', 'connection', 'cause', 'code', 'kind', 'state', 'document', 'owner'], filter),
  ...(filter.escalatedSince !== undefined && { escalatedAt: { $gte: filter.escalatedSince } }),
})

export function createDeadLetters({ collection, arrivals }: Parts): DeadLetters {
  const letters = collection('deadLetters')
  const table = new Table<DeadLetter>({ collection: letters, shape: LETTER, arrivals })
  const listing = new Listing<DeadLetter>({ collection: letters, toItem: LETTER.record })

  return {
    async open(letter) {
      let opened!: DeadLetter
      await table.change({
        id: letter.id,
        at: letter.at,
        rule(stored) {
          opened = openLetter(stored, letter)
          return opened
        },
      })
      return opened
    },

    async get(id) {
      return (await table.find(id))?.record ?? null
    },

    list: (filter, page) => listing.page(conditionsOf(filter), page),
    causes: (filter, page) => causesPage(letters, conditionsOf(filter), page),

    async close(id, state, by, at, reason) {
      const closed = await table.change({
        id,
        rule: letter =>
          letter && mayClose(letter.state, state)
            ? { ...letter, state, closedBy: by, closedAt: at, closeReason: reason }
            : null,
      })
      return closed !== null
    },

    async due(now, limit) {
      // The lower bound says that there is one, for planners that do not conclude from the upper that the partial index will do.
      const overdue = { dueAt: { $gte: 0, $lte: now }, state: 'open', escalatedAt: { $exists: false } }
      const rows = await letters.find(overdue).sort({ dueAt: 1 }).limit(limit).toArray()
      return rows.map(LETTER.record)
    },

    escalate: (id, now) => table.change({ id, rule: letter => escalateLetter(letter, now) }),
  }
}
