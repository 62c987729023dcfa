import {
  bucketHeaders,
  changedCursorAt,
  type Limits,
  type Manifest,
  type OAuth,
  pricePerCall,
} from '../../sdk/index.ts'
import { type AuthSetting, type LimitsSetting, type Settings, topicOf } from './settings.ts'

/** What a connection can do, from its settings. */
export function ofConnection(
  given: Readonly<Record<string, unknown>>,
): Partial<Pick<Manifest, 'topics' | 'polls' | 'pushes' | 'limits' | 'auth'>> {
  const { webhooks, polls = {}, pushes = {}, limits, auth } = given as unknown as Settings
  return {
    topics: webhooks?.topics ?? {},
    polls: Object.fromEntries(
      Object.entries(polls).map(([resource, poll]) => [
        resource,
        {
          everySeconds: poll.everySeconds ?? 300,
          topic: topicOf(resource, poll),
          cursorAt: changedCursorAt,
        },
      ]),
    ),
    pushes: Object.fromEntries(Object.keys(pushes).map(resource => [resource, 'state' as const])),
    ...(limits ? { limits: limitsOf(limits) } : {}),
    ...(auth?.kind === 'client-credentials' ? { auth: oauthOf(auth) } : {}),
  }
}

const limitsOf = ({ capacity, refillPerSecond, headers }: LimitsSetting): Limits => ({
  buckets: { calls: { capacity, refillPerSecond } },
  price: pricePerCall('calls'),
  ...(headers ? { read: bucketHeaders(lowerCase(headers)) } : {}),
})

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([what, name]) => [what, name.toLowerCase()]))

const oauthOf = ({ tokenUrl = '', scopes = [], clientAuth }: AuthSetting): OAuth => ({
  kind: 'oauth2',
  grant: 'client-credentials',
  tokenUrl: () => tokenUrl,
  scopes,
  ...(clientAuth ? { clientAuth } : {}),
})
