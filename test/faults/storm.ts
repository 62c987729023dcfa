import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createErpSimulator, type ErpFaults } from '#connectors/erp/rest/simulator.ts'
import {
  generateOrder,
  type OrderAction,
  type RestOrder,
  reviseOrder,
  type SignedWebhook,
  signedWebhook,
} from '#connectors/storefronts/shopify/simulator.ts'
import { createKeys } from '#core/accounts/keys.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { call } from '../support/call.ts'
import { declaredHub, SHOP } from '../support/declared.ts'
import { type HubProcess, hubProcess } from '../support/hub-process.ts'
import { seeded, shuffle } from '../support/seeded.ts'

export type Strategy = 'upsert' | 'idempotency-key' | 'search-then-create'

export interface StormOptions {
  strategy: Strategy
  orders: number
  /** SIGKILLs at random moments of the load and of the drain. */
  kills: number
  seed: number
  faults?: ErpFaults
  /** Called about each second. */
  progress?(line: string): void
}

export interface StormReport {
  sent: number
  acknowledged: number
  kills: number
  /** Orders acknowledged that the ERP does not have. */
  lost: string[]
  /** Keys that the ERP has more than once. */
  doubled: string[]
  /** Orders whose ERP record is not their newest acknowledged revision. */
  stale: string[]
  deadLetters: number
  seconds: number
}

const SECRET = 'storm-secret'
const FAULTS: ErpFaults = {
  p500BeforeStore: 0.05,
  p500AfterStore: 0.05,
  pTimeoutAfterStore: 0.05,
  p429: 0.05,
  retryAfter: 1,
}
const ACTIONS: OrderAction[] = ['pay', 'edit', 'fulfil', 'refund']
const DAY = Date.UTC(2026, 0, 15)

interface Revision {
  order: RestOrder
  webhook: SignedWebhook
}

/** Signed orders, doubled and out of order, into a hub that is killed at random, in front of an ERP that fails at random. */
export async function storm(options: StormOptions): Promise<StormReport> {
  const started = Date.now()
  const random = seeded(options.seed)
  const erp = createErpSimulator({ random: seeded(options.seed + 1), faults: options.faults ?? FAULTS })
  const baseUrl = await erp.listen()
  const hub = await hubProcess({
    config: declaredHub({ baseUrl, secret: SECRET, erp: { strategy: options.strategy, timeoutMs: 1_500 } }),
  })
  await hub.start()
  const newest = new Map<string, RestOrder>()
  const plan = disorder(revisions(options.orders, random), random)
  const killer = startKiller(hub, options.kills, random)
  try {
    let sent = 0
    const queue = [...plan]
    const send = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        await untilAcknowledged(hub, next.webhook)
        remember(newest, next.order)
        if (++sent % 250 === 0)
          options.progress?.(`${sent} of ${plan.length} acknowledged, ${killer.done()} kills`)
      }
    }
    await Promise.all(Array.from({ length: 12 }, send))
    const kills = await killer.finished
    const deadLetters = await untilDrained(hub, options.progress)
    return {
      sent,
      acknowledged: newest.size,
      kills,
      ...compare(newest, erp.records('order')),
      deadLetters,
      seconds: (Date.now() - started) / 1_000,
    }
  } catch (error) {
    throw new Error(`${String(error)}\nThe hub said:\n${hub.output()}`, { cause: error })
  } finally {
    await killer.stop()
    await hub.kill()
    await erp.close()
  }
}

/** Every order with one to four revisions, oldest first. */
function revisions(count: number, random: () => number): Revision[] {
  const all: Revision[] = []
  for (let n = 1; n <= count; n++) {
    let at = DAY + n * 1_000
    let order = generateOrder(random, n, { at })
    all.push({ order, webhook: webhookOf('orders/create', order, at, random) })
    for (const action of ACTIONS.slice(0, Math.floor(random() * 4))) {
      at += 60_000
      order = reviseOrder(order, action, { random, at: new Date(at).toISOString() })
      all.push({ order, webhook: webhookOf('orders/updated', order, at, random) })
    }
  }
  return all
}

let events = 0

function webhookOf(
  topic: string,
  payload: RestOrder,
  triggeredAt: number,
  random: () => number,
): SignedWebhook {
  const id = `${(++events).toString(16)}-${Math.floor(random() * 1e9).toString(16)}`
  return signedWebhook({
    topic,
    payload,
    shop: SHOP,
    secret: SECRET,
    apiVersion: '2026-10',
    eventId: id,
    webhookId: id,
    triggeredAt,
  })
}

/** A fifth comes twice, a tenth comes far from its place, neighbours are shuffled. */
function disorder(all: readonly Revision[], random: () => number): Revision[] {
  const withDuplicates = all.flatMap(one => (random() < 0.2 ? [one, one] : [one]))
  const late = withDuplicates.filter(() => random() < 0.1)
  const punctual = withDuplicates.filter(one => !late.includes(one))
  const mixed: Revision[] = []
  for (let at = 0; at < punctual.length; at += 8) mixed.push(...shuffle(punctual.slice(at, at + 8), random))
  return [...mixed, ...shuffle(late, random)]
}

const remember = (newest: Map<string, RestOrder>, order: RestOrder): void => {
  const key = `acme:acme-shopify:${order.id}`
  const known = newest.get(key)
  if (!known || known.updated_at < order.updated_at) newest.set(key, order)
}

/** As the partner does: again until there is a 2xx. */
async function untilAcknowledged(hub: HubProcess, { headers, body }: SignedWebhook): Promise<void> {
  for (;;) {
    const { status } = await call(`${hub.url}/webhooks/acme-shopify`, { method: 'POST', headers, body })
    if (status >= 200 && status < 300) return
    if (status >= 400 && status < 500) throw new Error(`The hub refused a good webhook: ${status}.`)
    await pause(30)
  }
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

function startKiller(hub: HubProcess, kills: number, random: () => number) {
  let done = 0
  let stopped = false
  const finished = (async () => {
    while (done < kills && !stopped) {
      await pause(100 + random() * 900)
      await hub.kill()
      done += 1
      await hub.start()
    }
    return done
  })()
  return {
    finished,
    done: () => done,
    async stop() {
      stopped = true
      await finished.catch(() => undefined)
    },
  }
}

const UNDER_WAY = ['pending', 'waiting', 'held']

/** Until the hub itself says that nothing is under way; returns its open dead letters. */
async function untilDrained(hub: HubProcess, progress?: (line: string) => void): Promise<number> {
  const key = await createKey(hub)
  const total = async (path: string): Promise<number> => {
    for (;;) {
      const { status, text } = await call(`${hub.url}/api/v1/${path}`, {
        headers: { authorization: `Bearer ${key}` },
      })
      if (status === 200) return (JSON.parse(text) as { total: number }).total
      if (status !== 0) throw new Error(`${path} answers ${status}.`)
    }
  }
  for (let turn = 0; ; turn++) {
    const counts = await Promise.all([
      total('messages?state=pending&limit=1'),
      ...UNDER_WAY.map(state => total(`deliveries?state=${state}&limit=1`)),
    ])
    const left = counts.reduce((sum, count) => sum + count, 0)
    if (left === 0) return total('dead-letters?state=open&limit=1')
    if (turn % 10 === 0) progress?.(`${left} under way`)
    if (turn > 1_800) throw new Error(`Not drained after long: ${counts.join(', ')}`)
    await pause(100)
  }
}

/** Written into the store beside the running hub, as the command line does it. */
async function createKey({ dataDir }: HubProcess): Promise<string> {
  const store = openSqliteStore({ url: join(dataDir, 'hub.db'), engine: false })
  const { key } = await createKeys({ store, random: randomBytes, clock: systemClock }).create({
    role: 'admin',
  })
  await store.close()
  return key
}

function compare(
  newest: ReadonlyMap<string, RestOrder>,
  records: readonly { key: string; body: Record<string, unknown> }[],
) {
  const byKey = Map.groupBy(records, record => record.key)
  const lost = [...newest.keys()].filter(key => !byKey.has(key))
  const doubled = [...byKey].filter(([, same]) => same.length > 1).map(([key]) => key)
  const stale = [...newest].filter(([key, order]) => {
    const body = byKey.get(key)?.[0]?.body
    return body && Date.parse(String(body['updatedAt'])) !== Date.parse(order.updated_at)
  })
  return { lost, doubled, stale: stale.map(([key]) => key) }
}
