import {
  type Api,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../sdk/index.ts'
import { easypostApi, type Tracker } from './api.ts'
import { carrierName } from './carriers.ts'

interface Shipment {
  status?: string
  packages?: Parcel[]
}

interface Parcel {
  trackingNumber?: string
  carrier?: string
  carrierCode?: string
}

/** Nothing follows any more. */
const ENDED = ['delivered', 'returned', 'cancelled']

/**
 * Makes EasyPost watch every parcel. The same number and carrier within three months is the same tracker again, so
 * nothing is made twice, however often this runs.
 */
export async function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const { status = '', packages = [] } = operation.body as Shipment
  if (ENDED.includes(status)) return ended(operation, status)
  const parcels = packages.filter(({ trackingNumber }) => trackingNumber?.trim())
  if (parcels.length === 0)
    throw new HubError('SOURCE_SKIPPED', { detail: 'The shipment has no tracking number yet.' })
  const api = easypostApi(context)
  operation.sending()
  return watchAll(api, parcels)
}

function ended({ externalId }: PushOperation, status: string): PushResult {
  if (externalId !== null) return { externalId }
  throw new HubError('SOURCE_SKIPPED', { detail: `The shipment is ${status}: there is nothing to follow.` })
}

/** A number that EasyPost refuses must not keep the other parcels from being watched. */
async function watchAll(api: Api, parcels: readonly Parcel[]): Promise<PushResult> {
  const results: PushResult[] = []
  const refusals: HubError[] = []
  for (const parcel of parcels) {
    try {
      results.push(await watch(api, parcel))
    } catch (thrown) {
      if (!(thrown instanceof HubError && thrown.code === 'PARTNER_REFUSED')) throw thrown
      refusals.push(thrown)
    }
  }
  const [first] = results
  if (refusals[0] || !first) throw refusals[0] ?? noTracker()
  return first
}

async function watch(api: Api, { trackingNumber = '', carrier, carrierCode }: Parcel): Promise<PushResult> {
  const tracker = { tracking_code: trackingNumber.trim(), carrier: carrierName(carrierCode, carrier) }
  const { body, status } = await api.call<Tracker | undefined>({
    method: 'POST',
    path: '/trackers',
    body: { tracker },
  })
  if (typeof body?.id !== 'string') throw noTracker()
  return { externalId: body.id, status }
}

const noTracker = (): HubError =>
  new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer names no tracker.' })
