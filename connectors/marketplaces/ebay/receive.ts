import { type Receive, receiveBy, SIGNATURE_SCHEMES } from '../../sdk/index.ts'
import { answerChallenge } from './notifications/challenge.ts'
import { publicKeys } from './notifications/public-keys.ts'

const notification = receiveBy({
  signature: SIGNATURE_SCHEMES.ebay,
  topic: { pointer: '/metadata/topic' },
  // Stays the same over eBay's own retries, while `publishAttemptCount` counts them.
  dedupeKey: [{ pointer: '/notification/notificationId' }],
  eventAt: { pointer: '/notification/eventDate' },
  fetchKey: publicKeys,
})

/** https://developer.ebay.com/api-docs/commerce/notification/overview.html: notifications, and the question before the first. */
export const receive: Receive = (request, connection, context) =>
  answerChallenge(request, connection) ?? notification(request, connection, context)
