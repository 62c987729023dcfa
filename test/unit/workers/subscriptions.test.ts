import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Connector, Subscribed } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { oauthConnector } from '#test/support/oauth-partner.ts'
import { type OAuthWorld, oauthWorld } from '#test/unit/accounts/oauth/world.ts'
import { createSubscribeNow } from '#workers/poller/subscribe-now.ts'
import { subscriptionsWorker } from '#workers/poller/subscriptions.ts'

const HOUR = 3_600_000
const STEP = 10_000

let world: OAuthWorld
let asked: string[]
let counted: number
let answer: () => Subscribed
let stops: (() => Promise<void>)[]

const connector: Connector = {
  manifest: { ...oauthConnector().manifest, auth: undefined, topics: { 'orders/create': 'order' } },
  async subscribe(callbackUrl) {
    asked.push(callbackUrl)
    return answer()
  },
}

beforeEach(async () => {
  world = await oauthWorld({ connector })
  asked = []
  counted = 0
  stops = []
  answer = () => ({ present: [], created: ['orders/create'], repaired: [] })
})

afterEach(async () => {
  for (const stop of stops) await stop()
  await world.close()
})

function depsOf(publicUrl = 'https://hub.example', allowPrivateHosts: string[] = []) {
  const parts = {
    ...world,
    connectors: new Map([['boutique', connector]]),
    contextFor: () => ({}) as never,
    telemetry: {
      count: (_name: string, _labels?: object, by = 1) => {
        counted += by
      },
      log: () => undefined,
    },
    ...{ publicUrl, allowPrivateHosts, random: () => 0 },
  }
  return { ...parts, subscribeNow: createSubscribeNow(parts) }
}

/** Another process that keeps subscriptions, on the same store. */
function start(owner: string, deps = depsOf()): void {
  const stopping = new AbortController()
  const report = { alive: () => undefined, failed: () => undefined, succeeded: () => undefined }
  const ended = subscriptionsWorker({ ...deps, owner }).run(stopping.signal, report)
  stops.push(async () => {
    stopping.abort()
    await ended
  })
}

/** Between two steps of the clock, the workers come to rest. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= STEP) {
    await world.clock.advance(Math.min(left, STEP))
    for (let turn = 0; turn < 8; turn++) await new Promise(setImmediate)
  }
}

const fresh = async (id = 'shop'): Promise<LiveConnection> => (await world.directory.reread(id))!

describe('webhook subscriptions', () => {
  it('are made once for a connection, by whichever process comes first, and shown with it', async () => {
    await world.have({ webhookSecret: ['s'] })
    start('a')
    start('b')
    await pass(60_000)
    expect(asked).toEqual(['https://hub.example/webhooks/shop'])
    expect((await fresh()).subscriptions).toMatchObject({
      created: ['orders/create'],
      present: [],
      repaired: [],
    })
    // What is new the first time had not lapsed.
    expect(counted).toBe(0)
  })

  it('keep the secret that the partner hands over, before those that are live', async () => {
    await world.have({ webhookSecret: ['old'] })
    const secrets = { webhookSecret: ['whsec_new'] }
    answer = () => ({ present: [], created: ['orders/create'], repaired: [], secrets })
    const state = await depsOf().subscribeNow(await fresh())
    expect((await fresh()).secrets['webhookSecret']).toEqual(['whsec_new', 'old'])
    expect(JSON.stringify([state, await fresh()])).not.toContain('whsec_new')
    await depsOf().subscribeNow(await fresh())
    expect((await fresh()).secrets['webhookSecret']).toEqual(['whsec_new', 'old'])
  })

  it('are looked at again every six hours, and a lapse is counted', async () => {
    await world.have({ webhookSecret: ['s'] })
    start('a')
    await pass(6 * HOUR - 60_000)
    expect(asked).toHaveLength(1)
    answer = () => ({ present: ['orders/create'], created: ['orders/paid'], repaired: ['orders/edited'] })
    await pass(120_000)
    expect([asked.length, counted]).toEqual([2, 2])
  })

  it.each<[string, (id: string) => Promise<unknown>]>([
    [
      'other settings',
      id => world.connections.change(id, { settings: { account: 'x' } }, { id: 'a', role: 'admin' }),
    ],
    [
      'other secrets',
      id => world.connections.change(id, { secrets: { webhookSecret: ['n'] } }, { id: 'a', role: 'admin' }),
    ],
    ['a new authorisation', id => world.store.connections.patch(id, { subscriptions: undefined })],
  ])('are looked at at once after %s', async (_what, change) => {
    await world.have({ webhookSecret: ['s'] })
    start('a')
    await pass(30_000)
    const changed = change('shop')
    await pass(30_000)
    await changed
    expect(asked).toHaveLength(2)
  })

  it('that the partner cannot tell of now are looked at later, with the reason beside what was known', async () => {
    await world.have({ webhookSecret: ['s'] })
    start('a')
    await pass(1_000)
    answer = () => {
      throw new HubError('PARTNER_FAILED', { detail: 'HTTP 503.' })
    }
    await pass(6 * HOUR + 20_000)
    expect((await fresh()).subscriptions).toMatchObject({
      ...{ created: ['orders/create'], problem: 'HTTP 503.', code: 'PARTNER_FAILED' },
    })
    answer = () => ({ present: ['orders/create'], created: [], repaired: [] })
    await pass(15 * 60_000 + 10_000)
    const { subscriptions } = await fresh()
    expect([subscriptions?.problem, subscriptions?.present]).toEqual([undefined, ['orders/create']])
  })

  it('of a connection that the partner refuses make it unauthorized', async () => {
    await world.have({ webhookSecret: ['s'] })
    answer = () => {
      throw new HubError('UNAUTHORIZED', { detail: 'HTTP 401.' })
    }
    await depsOf().subscribeNow(await fresh())
    expect(await fresh()).toMatchObject({ state: 'unauthorized', stateReason: 'HTTP 401.' })
  })

  it('are left out where no partner could reach the hub, unless partners are local', async () => {
    await world.have({ webhookSecret: ['s'] })
    const { problem } = await depsOf('http://localhost:8080').subscribeNow(await fresh())
    expect([problem, asked]).toEqual([expect.stringContaining('HUB_PUBLIC_URL'), []])
    await depsOf('http://localhost:8080', ['127.0.0.1']).subscribeNow(await fresh())
    expect(asked).toEqual(['http://localhost:8080/webhooks/shop'])
  })

  it('a partner that calls nobody is looked at wherever the hub stands: it is a matter of secrets', async () => {
    await world.have({ webhookSecret: ['s'] })
    const silent = { ...connector, manifest: { ...connector.manifest, topics: {} } }
    const deps = { ...depsOf('http://localhost:8080'), connectors: new Map([['boutique', silent]]) }
    expect(await createSubscribeNow(deps)(await fresh())).not.toHaveProperty('problem')
    expect(asked).toHaveLength(1)
  })

  it('of a connection that rests are left alone', async () => {
    await world.have({ webhookSecret: ['s'] })
    await world.store.connections.patch('shop', { state: 'paused' })
    start('a')
    await pass(60_000)
    expect(asked).toEqual([])
  })
})
