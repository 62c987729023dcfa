import { type ConnectorContext, HubError, keepSubscriptions } from '../../sdk/index.ts'
import { type SpApi, spApi } from './api/sp-api.ts'
import { queueArn } from './queue/sqs.ts'
import { amazonSettings } from './settings.ts'
import { NOTIFICATIONS, type NotificationType } from './topics.ts'

interface Subscription {
  type: NotificationType
  subscriptionId: string
  destinationId: string
  payloadVersion?: string
}

const SCOPE = 'sellingpartnerapi::notifications' as const
const TYPES = Object.keys(NOTIFICATIONS) as NotificationType[]

/** Types that only some accounts may ask for: without the role, the rest still counts. */
const OPTIONAL: ReadonlySet<string> = new Set([
  'ITEM_INVENTORY_EVENT_CHANGE',
  'SHIPMENT_TRACKING_MILESTONE_CHANGED',
])

/**
 * One destination (the queue) per app, one subscription per type and seller. Amazon sends to the queue, so the hub's own
 * address plays no part. https://developer-docs.amazon.com/sp-api/docs/set-up-notifications-with-amazon-sqs
 */
export async function subscribe(_callbackUrl: string, context: ConnectorContext) {
  const { queueUrl } = amazonSettings(context.connection)
  if (!queueUrl) throw new HubError('UNAUTHORIZED', { detail: 'The setting `queueUrl` is missing.' })
  const api = spApi(context)
  const destinationId = await destinationOf(api, queueArn(queueUrl))
  const refused: string[] = []
  const result = await keepSubscriptions<Subscription>({
    topics: TYPES,
    list: () => subscriptionsOf(api, refused),
    topicOf: ({ type }) => type,
    isOurs: () => true,
    isWhole: subscription =>
      subscription.destinationId === destinationId &&
      subscription.payloadVersion === NOTIFICATIONS[subscription.type].payloadVersion,
    create: type => create(api, { type: type as NotificationType, destinationId, refused }),
    // A subscription cannot be changed, and a type has only one.
    async repair(subscription, type) {
      await remove(api, subscription)
      await create(api, { type: type as NotificationType, destinationId, refused })
    },
  })
  if (refused.length > 0)
    context.log('info', 'Amazon refuses some notification types', { types: refused.join(', ') })
  return { ...result, created: result.created.filter(type => !refused.includes(type)) }
}

interface Destination {
  destinationId: string
  resource?: { sqs?: { arn?: string } }
}

/** Destinations belong to the app: they are made without a seller's token. */
async function destinationOf(api: SpApi, arn: string): Promise<string> {
  const { payload = [] } = await api.call<{ payload?: Destination[] }>({
    operation: 'notifications.getDestinations',
    version: 'v1',
    scope: SCOPE,
  })
  const known = payload.find(({ resource }) => resource?.sqs?.arn === arn)
  if (known) return known.destinationId
  const made = await api.call<{ payload: Destination }>({
    operation: 'notifications.createDestination',
    version: 'v1',
    scope: SCOPE,
    body: { name: `crossdock-${arn.split(':').at(-1)}`, resourceSpecification: { sqs: { arn } } },
  })
  return made.payload.destinationId
}

/** Amazon shows a type's only subscription, and 404 where there is none. */
async function subscriptionsOf(api: SpApi, refused: string[]): Promise<Subscription[]> {
  const found: Subscription[] = []
  for (const type of TYPES) {
    const answer = await mayBeRefused(type, refused, () =>
      api.call<{ payload?: Omit<Subscription, 'type'> } | undefined>({
        apiPath: pathOf(type),
        method: 'GET',
        absent: 404,
      }),
    )
    if (answer?.payload?.subscriptionId) found.push({ ...answer.payload, type })
  }
  return found
}

interface Wanted {
  type: NotificationType
  destinationId: string
  refused: string[]
}

async function create(api: SpApi, { type, destinationId, refused }: Wanted): Promise<void> {
  if (refused.includes(type)) return
  const { payloadVersion } = NOTIFICATIONS[type]
  await mayBeRefused(type, refused, () =>
    api.call({
      ...{ apiPath: pathOf(type), method: 'POST', body: { payloadVersion, destinationId } },
      // A repetition of one that arrived is told that it exists.
      ...{ safeToRepeat: true, absent: 409 },
    }),
  )
}

async function mayBeRefused<T>(
  type: string,
  refused: string[],
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call()
  } catch (thrown) {
    const role = thrown instanceof HubError && (thrown.status === 403 || thrown.status === 400)
    if (!role || !OPTIONAL.has(type)) throw thrown
    refused.push(type)
    return undefined
  }
}

const remove = (api: SpApi, { type, subscriptionId }: Subscription): Promise<unknown> =>
  api.call({
    apiPath: `${pathOf(type)}/${encodeURIComponent(subscriptionId)}`,
    method: 'DELETE',
    scope: SCOPE,
    safeToRepeat: true,
    absent: 404,
  })

/** By path: the library's tables do not know every type yet. */
const pathOf = (type: string): string => `/notifications/v1/subscriptions/${type}`
