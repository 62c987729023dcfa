import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import type { Subscriptions } from './subscriptions.ts'

export interface RoutesOptions {
  clientId: string
  clientSecret: string
  parcels: Readonly<Record<string, object>>
  subscribed: Subscriptions
  tokenPath: string
  giveToken(): string
}

export const upsErrors = (status: number, code: string, message: string): Reply => ({
  status,
  body: { response: { errors: [{ code, message }] } },
})

export function upsRoutes(options: RoutesOptions): Route[] {
  return [
    { method: 'POST', path: exactly(options.tokenPath), answer: asked => token(asked, options) },
    {
      method: 'POST',
      path: /^\/api\/track\/v2\/subscription\/(?:standard|enhanced)\/package$/,
      answer: asked => subscribe(asked, options),
    },
    {
      method: 'GET',
      path: /^\/api\/track\/v1\/details\/([^/]+)$/,
      answer: (_, number = '') => details(number, options),
    },
  ]
}

const exactly = (path: string): RegExp => new RegExp(`^${path}$`)

/** UPS writes the lifetime as text. */
function token({ headers, body }: Asked, { clientId, clientSecret, giveToken }: RoutesOptions): Reply {
  const basic = `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`
  const grant = body instanceof URLSearchParams ? body.get('grant_type') : null
  if (headers['authorization'] !== basic) return upsErrors(401, '10401', 'ClientId is Invalid')
  if (grant !== 'client_credentials') return upsErrors(400, '10400', 'Invalid/Missing Authorization Header')
  return {
    status: 200,
    body: {
      ...{ token_type: 'Bearer', client_id: clientId, status: 'approved' },
      ...{ access_token: giveToken(), expires_in: '14399' },
    },
  }
}

interface Wanted {
  locale?: string
  trackingNumberList?: string[]
}

function subscribe({ body }: Asked, { subscribed }: RoutesOptions): Reply {
  const { locale, trackingNumberList: numbers = [] } = Object(body) as Wanted
  if (!locale)
    return upsErrors(400, 'VSS300', 'Locale is required. The Subscription request has been rejected.')
  if (numbers.length === 0)
    return upsErrors(
      400,
      'VSS200',
      'Tracking Number List is required. The Subscription request has been rejected.',
    )
  if (numbers.length > 100) return upsErrors(400, 'VSS220', 'You have submitted over 100 tracking numbers.')
  const valid = numbers.filter(number => /^(?:1Z[0-9A-Z]{16}|1R[0-9A-Z]{14})$/.test(number))
  const invalid = numbers.filter(number => !valid.includes(number))
  for (const number of valid) subscribed.add(number)
  if (valid.length > 0)
    return {
      status: 200,
      body: {
        validTrackingNumbers: valid,
        ...(invalid.length > 0 ? { invalidTrackingNumbers: invalid } : {}),
      },
    }
  const refusal = upsErrors(
    400,
    'VSS210',
    'The Subscription request should have at least one valid tracking number. The Subscription request has been rejected.',
  )
  return { ...refusal, body: { ...(refusal.body as object), invalidTrackingNumbers: invalid } }
}

/** What UPS does not know is a 200 with a warning. */
function details(number: string, { parcels }: RoutesOptions): Reply {
  const parcel = parcels[number]
  const shipment = parcel
    ? { inquiryNumber: number, package: [{ trackingNumber: number, ...parcel }] }
    : { inquiryNumber: number, warnings: [{ code: 'TW0001', message: 'Tracking Information Not Found' }] }
  return { status: 200, body: { trackResponse: { shipment: [shipment] } } }
}
