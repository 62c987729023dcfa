import type { LetterView } from '#core/deadletter/show.ts'
import type { Handler } from '../route.ts'
import { withInstants } from '../times.ts'
import { causeView, deadLetterView } from '../views/dead-letter-view.ts'
import { deliveryView } from '../views/delivery-view.ts'
import { messageFacts } from '../views/message-view.ts'

export const getDeadLetter: Handler = async ({ params, principal }, { operations }) =>
  letterView(await operations.show(params['id']!, principal))

/** Also what `hub dead-letters show --json` prints. */
export function letterView({ letter, message, delivery, document, cause, ...rest }: LetterView) {
  const { headers, ...facts } = message ?? { headers: null }
  return {
    ...deadLetterView(letter),
    ...rest,
    causeInfo: cause && causeView(cause),
    message: message && {
      ...messageFacts(facts as typeof message),
      headers: rest.payload?.masked ? null : headers,
    },
    delivery: delivery && deliveryView(delivery),
    documentRecord: document && withInstants(document, 'receivedAt', 'createdAt', 'updatedAt'),
  }
}
