import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { trackingNumber, upsApi } from './api.ts'
import { DETAILS_VERSION } from './manifest.ts'
import { upsSettings } from './settings.ts'

interface TrackedPackage {
  trackingNumber?: unknown
  [member: string]: unknown
}

interface Details {
  trackResponse?: { shipment?: { package?: TrackedPackage[] }[] }
}

/** What a mapping reads; addresses, names, signatures and photos are left behind at once. */
const KEPT = ['activity', 'deliveryDate', 'deliveryTime', 'service', 'weight'] as const

/** Everything that the Track API knows of a parcel; null where it knows nothing yet, or no more (after 120 days). */
export async function fetchHistory(
  number: string,
  context: ConnectorContext,
): Promise<Record<string, unknown> | null> {
  const { body } = await ask(number, context)
  if (body === null) return null
  const shipments = body?.trackResponse?.shipment
  if (!Array.isArray(shipments))
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: '/details: the answer is no tracking.' })
  const packages = shipments.flatMap(shipment => shipment?.package ?? [])
  const parcel = packages.find(one => trackingNumber(one.trackingNumber) === number) ?? packages[0]
  return parcel ? Object.fromEntries(KEPT.map(name => [name, parcel[name]] as const)) : null
}

async function ask(number: string, context: ConnectorContext): Promise<{ body: Details | null | undefined }> {
  const { locale } = upsSettings(context.connection)
  try {
    return await upsApi(context, number).call<Details | undefined>({
      path: `/${DETAILS_VERSION}/details/${encodeURIComponent(number)}`,
      query: { locale, returnSignature: false, returnMilestones: false },
    })
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.status === 404) return { body: null }
    throw thrown
  }
}
