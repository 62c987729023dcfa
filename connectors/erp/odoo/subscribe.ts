import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { type Odoo, odooApi } from './api.ts'
import { digestOf } from './external-ids.ts'
import { LIFE_MS, makeKey, removeKeys } from './renew-key.ts'

interface KeyRow {
  id: number
  name: string
  /** UTC, or false: for ever. */
  expiration_date: string | false
  create_date: string
}

const DAY_MS = 86_400_000
const RENEW_MS = LIFE_MS / 3
const WARN_MS = 21 * DAY_MS
/** What is under way with the old key ends long before. */
const OVERLAP_MS = DAY_MS

/**
 * API keys of Odoo end after three months. Looked at once a day: a key of the hub's own is made before the one in use
 * ends, both live for a day, then the old one is removed. Odoo never tells which key is used, so each carries in its name
 * which one made it; one whose answer was lost is known by that too.
 */
export async function subscribe(_callbackUrl: string, context: ConnectorContext) {
  const odoo = odooApi(context)
  const [newest = '', before] = context.connection.secrets['apiKey'] ?? []
  const ours = (await ownKeys(odoo)).filter(({ name }) => name.startsWith(prefixOf(context)))
  const live = before === undefined ? undefined : ours.find(({ name }) => name === nameAfter(before, context))
  if (live && leftOf(live, context) > RENEW_MS) {
    await removeKeys(
      ours.filter(one => one.id !== live.id && isOld(one, context)),
      { odoo, context },
    )
    return shownAs(live)
  }
  const lost = ours.filter(({ name }) => name === nameAfter(newest, context))
  await removeKeys(lost, { odoo, context })
  const made = await makeKey(nameAfter(newest, context), { odoo, context })
  if (made === null) return unrenewed(await ownKeys(odoo), context)
  return { ...NOTHING, present: ['API key, renewed'], secrets: { apiKey: [made] } }
}

const NOTHING = { present: [] as string[], created: [] as string[], repaired: [] as string[] }

/** Of the user alone: an administrator sees everybody's. */
async function ownKeys(odoo: Odoo): Promise<KeyRow[]> {
  const { uid } = await odoo.call<{ uid: number }>('res.users', 'context_get')
  return odoo.searchRead<KeyRow>('res.users.apikeys', {
    domain: [['user_id', '=', uid]],
    fields: ['name', 'expiration_date', 'create_date'],
  })
}

const prefixOf = ({ connection }: ConnectorContext): string => `Crossdock ${connection.id} `

const nameAfter = (key: string, context: ConnectorContext): string =>
  `${prefixOf(context)}${digestOf(key).slice(0, 12)}`

const msOf = (time: string): number => Date.parse(`${time.replace(' ', 'T')}Z`)

const leftOf = ({ expiration_date: end }: KeyRow, { now }: ConnectorContext): number =>
  end === false ? Number.POSITIVE_INFINITY : msOf(end) - now()

const isOld = ({ create_date }: KeyRow, { now }: ConnectorContext): boolean =>
  now() - msOf(create_date) > OVERLAP_MS

const shownAs = ({ expiration_date: end }: KeyRow) => ({
  ...NOTHING,
  present: [end === false ? 'API key' : `API key until ${end.slice(0, 10)}`],
})

/** Nobody lets the hub renew it: said early, while orders still go through. Which of the keys is ours Odoo does not tell. */
function unrenewed(keys: readonly KeyRow[], context: ConnectorContext) {
  const [first] = keys
    .filter(key => leftOf(key, context) > 0)
    .sort((a, b) => leftOf(a, context) - leftOf(b, context))
  if (!first || leftOf(first, context) > WARN_MS)
    return { ...NOTHING, present: ['API key, not renewed by the hub'] }
  throw new HubError('PARTNER_FORBIDDEN', {
    detail: `An API key of the user ends on ${String(first.expiration_date).slice(0, 10)} and the hub may not renew it: give the secret password, or enable base.enable_programmatic_api_keys.`,
    fingerprint: 'odoo key ends',
  })
}
