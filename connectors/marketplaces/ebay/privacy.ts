import { type Decoded, textAt, valueAt } from '../../sdk/index.ts'

/** eBay names no term; 30 days is what the law gives. */
const DAYS = 30

/**
 * A user of eBay closed the account. eBay tells of every user, most of whom never bought here. Since 2025 orders name some
 * buyers by their user id in place of the name. https://developer.ebay.com/marketplace-account-deletion
 */
export function accountDeletion(body: unknown): Decoded {
  const data = valueAt(body, '/notification/data')
  const ids = ['/username', '/userId', '/eiasToken'].map(pointer => textAt(data, pointer) ?? '')
  return {
    skip: 'ERASURE_REQUESTED',
    detail: 'A user of eBay closed the account; the notification names who.',
    privacy: {
      ...{ act: 'erase', days: DAYS },
      person: { ids: ids.filter(id => id !== ''), maybeUnknown: true },
    },
  }
}
