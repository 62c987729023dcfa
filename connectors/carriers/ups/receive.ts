import { epochMs, type Receive, receiveBy, SIGNATURE_SCHEMES, type WebhookView } from '../../sdk/index.ts'
import { TRACK_ALERT } from './topics.ts'

/** What makes an alert: which parcel, what happened, when. */
const IDENTITY = [
  { pointer: '/trackingNumber' },
  { pointer: '/activityStatus/type' },
  { pointer: '/activityStatus/code' },
  { pointer: '/gmtActivityDate' },
  { pointer: '/gmtActivityTime' },
] as const

const alert = {
  topic: () => TRACK_ALERT,
  dedupeKey: IDENTITY,
  eventAt: happenedAt,
}

const byToken = receiveBy({ ...alert, signature: SIGNATURE_SCHEMES.ups })
const byCredential = receiveBy({
  ...alert,
  signature: { kind: 'shared-secret', in: { header: 'credential', form: 'plain' } },
})

/**
 * https://github.com/UPS-API/api-documentation, UPSTrackAlertEnhanced.yaml. UPS signs nothing: version 2 sends a bearer
 * token, version 1 the header `credential`; both are the secret itself.
 */
export const receive: Receive = (request, connection, context) => {
  const { authorization, credential } = request.headers
  const prove = authorization === undefined && credential !== undefined ? byCredential : byToken
  return prove(request, connection, context)
}

function happenedAt(view: WebhookView): number | undefined {
  const { gmtActivityDate: date, gmtActivityTime: time } = Object(view.body()) as Record<string, unknown>
  const digits = `${date}${String(time ?? '').padStart(6, '0')}`
  return epochMs(digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z'))
}
