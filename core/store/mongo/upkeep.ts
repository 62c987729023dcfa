import type { Collection, Document } from 'mongodb'
import type { Backlog, Upkeep } from '../../contracts/store.ts'
import { timeOf } from './arrivals.ts'
import { DueWork } from './due.ts'
import { createPurge } from './purge.ts'
import type { Parts } from './repository.ts'
import type { Row } from './shape.ts'
import { sharedCall } from './shared-call.ts'

interface Group {
  _id: { place: string; state: string }
  count: number
  oldest: unknown
}

export function createUpkeep(parts: Parts, ping: () => Promise<void>): Upkeep {
  const [messages, deliveries] = [parts.collection('messages'), parts.collection('deliveries')]
  const due = { translate: new DueWork('translate', parts), deliver: new DueWork('deliver', parts) }

  async function backlog(): Promise<Backlog> {
    const [ofMessages, ofDeliveries] = await Promise.all([
      counted(messages, { place: '$connection', oldest: '$seq', hint: 'messagesByConnectionAndState' }),
      counted(deliveries, { place: '$destination', oldest: '$wantedAt', hint: 'deliveriesByDestination' }),
    ])
    const rows = [
      ...ofMessages.map(group => rowOf('message', group, timeOf(String(group.oldest)))),
      ...ofDeliveries.map(group => rowOf('delivery', group, Number(group.oldest))),
    ]
    return { rows }
  }

  return {
    due: (work, now, limit, except = []) => due[work].read(now, limit, except),
    nextDue: (work, now) => due[work].next(now),
    backlog: sharedCall(backlog),
    pendingMessages: sharedCall(() => messages.countDocuments({ state: 'pending' })),
    purge: createPurge(parts),
    ping,
  }
}

/** The hint names an index that holds all that is read: records are not. */
async function counted(
  records: Collection<Row>,
  { place, oldest, hint }: { place: string; oldest: string; hint: string },
): Promise<Group[]> {
  const group: Document = {
    $group: { _id: { place, state: '$state' }, count: { $sum: 1 }, oldest: { $min: oldest } },
  }
  return records.aggregate<Group>([group], { hint }).toArray()
}

const rowOf = (kind: 'message' | 'delivery', { _id, count }: Group, oldestAt: number) => ({
  kind,
  connection: _id.place,
  state: _id.state,
  count,
  oldestAt,
})
