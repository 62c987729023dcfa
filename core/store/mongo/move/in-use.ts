import type { Db, Document } from 'mongodb'
import { HubError } from '../../../errors/hub-error.ts'
import type { Row } from '../shape.ts'

/** There is no lock that says so, but who works holds leases or claims. Throws `STORE_LOCKED` while one is live. */
export async function refuseInUse(db: Db, name: string, now: number): Promise<void> {
  const claimed = { claimToken: { $exists: true }, readyAt: { $gt: now } }
  const signs: [collection: string, filter: Document, word: string][] = [
    ['leases', { owner: { $ne: null }, until: { $gt: now } }, 'the lease'],
    ['messages', claimed, 'a claim of message'],
    ['deliveries', claimed, 'a claim of delivery'],
  ]
  for (const [collection, filter, word] of signs) {
    const live = await db
      .collection<Row>(collection)
      .findOne(filter, { projection: { _id: 1, until: 1, readyAt: 1 } })
    if (live) throw inUse(name, `${word} ${live._id}`, Number(live['until'] ?? live['readyAt']))
  }
}

const inUse = (name: string, sign: string, until: number): HubError =>
  new HubError('STORE_LOCKED', {
    detail:
      `“${name}” is in use: ${sign} holds until ${new Date(until).toISOString()} ` +
      '— fix: stop every hub that works on it; after a crash wait until then.',
  })
