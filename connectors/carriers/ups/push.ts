import {
  type Api,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../sdk/index.ts'
import { trackingNumber, upsApi } from './api.ts'
import { API_VERSION } from './manifest.ts'
import { refusedNumbers } from './responses.ts'
import { upsSettings } from './settings.ts'

interface Shipment {
  status?: string
  packages?: { trackingNumber?: string }[]
}

interface Subscribed {
  validTrackingNumbers?: string[]
  invalidTrackingNumbers?: string[]
}

/** Nothing follows any more. */
const ENDED = ['delivered', 'returned', 'cancelled']

const MOST_NUMBERS = 100
const LASTS_MS = 14 * 86_400_000

/**
 * Subscribes to every parcel that UPS carries. A subscription is its number: again is the same one, which then lasts
 * fourteen days from now. The hub comes again before they are over.
 */
export async function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const { status = '', packages = [] } = operation.body as Shipment
  const numbers = packages
    .map(parcel => trackingNumber(parcel.trackingNumber))
    .filter(number => number !== null)
    .filter(isOfUps)
  if (ENDED.includes(status)) return ended(operation, status)
  const [first] = numbers
  if (first === undefined)
    throw new HubError('SOURCE_SKIPPED', {
      detail: 'No parcel has a number that UPS could follow (1Z…, 1R…) yet.',
    })
  const lapsesAt = context.now() + LASTS_MS
  operation.sending()
  const confirmed = await subscribeAll(upsApi(context, operation.idempotencyKey), numbers, context)
  return { externalId: first, status: confirmed, lapsesAt }
}

/** Parcels and those of Roadie; Track Alert takes no others. */
const isOfUps = (number: string): boolean => /^1[ZR]/.test(number)

function ended({ externalId }: PushOperation, status: string): PushResult {
  if (externalId !== null) return { externalId }
  throw new HubError('SOURCE_SKIPPED', { detail: `The shipment is ${status}: there is nothing to follow.` })
}

/** Refused numbers are told when all others are followed. */
async function subscribeAll(
  api: Api,
  numbers: readonly string[],
  { connection }: ConnectorContext,
): Promise<number> {
  const { locale, countryCode } = upsSettings(connection)
  const refused: string[] = []
  let confirmed = 200
  for (let from = 0; from < numbers.length; from += MOST_NUMBERS) {
    const trackingNumberList = numbers.slice(from, from + MOST_NUMBERS)
    const { body, status } = await api.call<Subscribed | undefined>({
      method: 'POST',
      path: `/${API_VERSION}/subscription/standard/package`,
      body: { locale, countryCode, trackingNumberList },
    })
    refused.push(...refusedOf(body, trackingNumberList))
    confirmed = status
  }
  if (refused.length > 0)
    throw new HubError('PARTNER_REFUSED', { detail: refusedNumbers(refused), status: confirmed })
  return confirmed
}

/** A number that is in neither list is not followed either. */
function refusedOf(body: Subscribed | undefined, sent: readonly string[]): string[] {
  if (!Array.isArray(body?.validTrackingNumbers) && !Array.isArray(body?.invalidTrackingNumbers))
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail: 'The answer does not say which numbers are followed.',
    })
  const valid = new Set((body?.validTrackingNumbers ?? []).map(trackingNumber))
  return sent.filter(number => !valid.has(number))
}
