import type { Delivery } from '#core/contracts/store.ts'
import { withInstants } from '../times.ts'
import { attemptView } from './attempt-view.ts'

export const deliveryView = (delivery: Delivery) => ({
  ...withInstants(delivery, 'receivedAt', 'nextAt', 'wantedAt', 'confirmedAt'),
  attempts: delivery.attempts.map(attemptView),
})
