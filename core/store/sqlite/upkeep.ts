import type { Backlog, Upkeep } from '../../contracts/store.ts'
import { DueWork } from './due.ts'
import { createPurge } from './purge.ts'
import type { Parts } from './repository.ts'

const STATE_PENDING = [{ sql: 'state = ?', value: 'pending' }]

export function createUpkeep(parts: Parts): Upkeep {
  const { prepare, tallies } = parts
  const due = {
    translate: new DueWork('translate', prepare, tallies),
    deliver: new DueWork('deliver', prepare, tallies),
  }
  const oldestMessage = prepare(
    'SELECT receivedAt AS at FROM messages WHERE connection = ? AND state = ? ORDER BY seq LIMIT 1',
  )
  const oldestDelivery = prepare(
    `SELECT wantedAt AS at FROM deliveries
     WHERE destination = ? AND state = ? AND state <> 'confirmed' ORDER BY wantedAt LIMIT 1`,
  )
  // Of what is confirmed nobody asks how long it has waited: the first one stored will do.
  const firstConfirmed = prepare(
    `SELECT wantedAt AS at FROM deliveries WHERE destination = ? AND state = 'confirmed' ORDER BY seq LIMIT 1`,
  )

  const backlogOf = (kind: 'message' | 'delivery'): Backlog['rows'] =>
    tallies.places(kind).map(({ place, state, count }) => {
      const row = kind === 'message' ? oldestMessage.get(place, state) : oldestDeliveryOf(place, state)
      return { kind, connection: place, state, count, oldestAt: Number(row!.at) }
    })

  const oldestDeliveryOf = (destination: string, state: string) =>
    state === 'confirmed' ? firstConfirmed.get(destination) : oldestDelivery.get(destination, state)

  return {
    due: async (work, now, limit, except = []) => due[work].read(now, limit, except),
    nextDue: async (work, now) => due[work].next(now),
    backlog: async () => ({ rows: [...backlogOf('message'), ...backlogOf('delivery')] }),
    pendingMessages: async () => tallies.total('message', STATE_PENDING),
    purge: createPurge(parts),
    async ping() {
      prepare('SELECT 1').get()
    },
  }
}
