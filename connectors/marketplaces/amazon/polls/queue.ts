import { type ConnectorContext, HubError, type PolledPage } from '../../../sdk/index.ts'
import { messageOf } from '../queue/notification.ts'
import { notificationQueue } from '../queue/sqs.ts'

/** The queue remembers by itself what is still to come. */
const CURSOR = 'sqs'

/**
 * Pages of up to ten until a long poll comes back empty; each is deleted after the hub has it. What was taken and not
 * deleted goes back when the run ends early, so that nobody waits for its time-out.
 */
export async function* pollQueue(context: ConnectorContext): AsyncGenerator<PolledPage> {
  const queue = await notificationQueue(context)
  let held: string[] = []
  let newest = ''
  try {
    for (;;) {
      context.signal.throwIfAborted()
      const items = await queue.receive()
      if (items.length === 0) return
      const receipts = items.map(({ receipt }) => receipt)
      // Each delivery has a receipt of its own.
      if (receipts[0] === newest)
        throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The queue repeats its answer.' })
      newest = receipts[0] ?? ''
      held = receipts
      yield {
        messages: items.map(({ body }) => messageOf(body)),
        cursor: CURSOR,
        async done() {
          await queue.remove(receipts)
          if (held === receipts) held = []
        },
      }
    }
  } finally {
    if (held.length > 0) await queue.release(held)
  }
}
