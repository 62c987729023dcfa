import { HubError, type RawMessage } from '../../sdk/index.ts'

/** What an operator has to do, by topic. https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance */
const ASKED: Readonly<Record<string, (body: Payload) => string>> = {
  'customers/data_request': body =>
    `Hand over to the merchant what is kept of ${personOf(body)}, within 30 days (request ${idOf(body.data_request)}).`,
  'customers/redact': body => `Erase what is kept of ${personOf(body)}, within 30 days.`,
  'shop/redact': () => 'Erase what is kept of this shop, which removed the app 48 hours ago, within 30 days.',
}

interface Payload {
  customer?: { id?: unknown }
  data_request?: { id?: unknown }
  orders_requested?: unknown[]
  orders_to_redact?: unknown[]
}

/** Topics that Shopify demands of every app; the app’s configuration subscribes them, not the API. */
export const PRIVACY_TOPICS = Object.keys(ASKED)

/**
 * A request for a person’s data is work for a human until it is done: the message stays in the dead letters with the
 * whole request, and what to do stands in the detail, without the person’s name or address.
 */
export function refusePrivacyRequest({ topic }: Pick<RawMessage, 'topic'>, body: unknown): void {
  const say = ASKED[topic]
  if (say) throw new HubError('PRIVACY_REQUEST', { detail: say((body ?? {}) as Payload), fingerprint: topic })
}

function personOf({ customer, orders_requested, orders_to_redact }: Payload): string {
  const orders = (orders_requested ?? orders_to_redact ?? []).map(String)
  const of = orders.length > 0 ? ` and of the orders ${orders.slice(0, 20).join(', ')}` : ''
  const more = orders.length > 20 ? ` and ${orders.length - 20} more` : ''
  return `customer ${idOf(customer)}${of}${more}`
}

const idOf = (of: { id?: unknown } | undefined): string => String(of?.id ?? 'without an id')
