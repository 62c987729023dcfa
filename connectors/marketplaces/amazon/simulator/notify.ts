import type { Account } from './account.ts'
import { time } from './draw-order.ts'

/** Some types come in camelCase, most in PascalCase. */
const CAMEL: ReadonlySet<string> = new Set([
  'ITEM_INVENTORY_EVENT_CHANGE',
  'REPORT_PROCESSING_FINISHED',
  'SHIPMENT_TRACKING_MILESTONE_CHANGED',
])

/** Puts a notification into the queue, in the envelope of its type. */
export function notify(
  account: Account,
  type: string,
  payload: Record<string, unknown>,
  at = account.now(),
): string {
  const id = `notification-${account.next()}`
  const envelope = {
    notificationVersion: '1.0',
    notificationType: type,
    payloadVersion: '1.0',
    eventTime: time(at),
    payload,
    notificationMetadata: {
      applicationId: 'amzn1.sellerapps.app.simulated',
      subscriptionId: 'simulated',
      publishTime: time(at),
      notificationId: id,
    },
  }
  account.queue.send(JSON.stringify(CAMEL.has(type) ? envelope : pascal(envelope, ['payload'])))
  return id
}

export const orderChange = (orderId: string, at: number): Record<string, unknown> => ({
  OrderChangeNotification: {
    NotificationLevel: 'OrderLevel',
    SellerId: 'A3SIMULATED',
    AmazonOrderId: orderId,
    OrderChangeType: 'OrderStatusChange',
    OrderChangeTrigger: { TimeOfOrderChange: time(at), ChangeReason: null },
  },
})

function pascal(value: Record<string, unknown>, asTheyAre: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      `${name[0]!.toUpperCase()}${name.slice(1)}`,
      !asTheyAre.includes(name) && typeof member === 'object' && member !== null
        ? pascal(member as Record<string, unknown>, asTheyAre)
        : member,
    ]),
  )
}
