import { asText, type Decoded, type PrivacyRequest, type RawMessage } from '../../sdk/index.ts'

interface Payload {
  customer?: { id?: unknown; email?: unknown; phone?: unknown } | null
  data_request?: { id?: unknown }
  orders_requested?: unknown[]
  orders_to_redact?: unknown[]
}

interface Asked {
  detail(body: Payload): string
  request(body: Payload): PrivacyRequest
}

/** Shopify gives 30 days. https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance */
const DAYS = 30

/** What is asked for, by topic. Sentences name nobody but by id. */
const ASKED: Readonly<Record<string, Asked>> = {
  'customers/data_request': {
    detail: body =>
      `Hand over to the merchant what is kept of ${named(body)} (request ${idOf(body.data_request)}).`,
    request: body => ({
      ...{ act: 'hand-over', days: DAYS, reference: idOf(body.data_request) },
      person: personIn(body, body.orders_requested),
    }),
  },
  'customers/redact': {
    detail: body => `Erase what is kept of ${named(body)}.`,
    request: body => ({ act: 'erase', days: DAYS, person: personIn(body, body.orders_to_redact) }),
  },
  'shop/redact': {
    detail: () => 'Erase what is kept of this shop, which removed the app 48 hours ago.',
    request: () => ({ act: 'erase', days: DAYS }),
  },
}

/** Topics that Shopify demands of every app; the app’s configuration subscribes them, not the API. */
export const PRIVACY_TOPICS = Object.keys(ASKED)

/** A request for a person’s data is no record; null for any other message. */
export function privacyRequest({ topic }: Pick<RawMessage, 'topic'>, body: unknown): Decoded | null {
  const asked = ASKED[topic]
  if (!asked) return null
  const payload = (body ?? {}) as Payload
  const privacy = asked.request(payload)
  const skip = privacy.act === 'erase' ? 'ERASURE_REQUESTED' : 'PRIVACY_REQUEST'
  return { skip, detail: asked.detail(payload), privacy }
}

/** Of some customers Shopify has an e-mail address alone, of some no id. */
const personIn = ({ customer }: Payload, orders: unknown[] = []): PrivacyRequest['person'] => ({
  ids: given(customer?.id),
  emails: given(customer?.email),
  phones: given(customer?.phone),
  orders: orders.flatMap(given),
})

const given = (value: unknown): string[] => [asText(value) ?? ''].filter(text => text !== '')

function named({ customer, orders_requested, orders_to_redact }: Payload): string {
  const orders = (orders_requested ?? orders_to_redact ?? []).map(String)
  const of = orders.length > 0 ? ` and of the orders ${orders.slice(0, 20).join(', ')}` : ''
  const more = orders.length > 20 ? ` and ${orders.length - 20} more` : ''
  return `customer ${idOf(customer)}${of}${more}`
}

const idOf = (of: { id?: unknown } | null | undefined): string => String(of?.id ?? 'without an id')
