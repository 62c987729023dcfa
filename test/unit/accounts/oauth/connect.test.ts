import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Connector, KeyHandoff } from '#core/contracts/connector.ts'
import { oauthConnector } from '#test/support/oauth-partner.ts'
import { type OAuthWorld, oauthWorld } from './world.ts'

let world: OAuthWorld

beforeEach(async () => {
  world = await oauthWorld()
})

afterEach(() => world.close())

const wish = () => ({
  ...{ tenant: 'acme', connector: 'boutique', connection: 'new-shop' },
  settings: { shop: 'acme.example', tokenUrl: `${world.partner.url}/token` } as Record<string, unknown>,
  actor: { id: 'key_1', role: 'merchant' as const, tenant: 'acme' },
})

const stateOf = (url: string) => new URL(url).searchParams.get('state')!

async function begun() {
  const { url } = await world.connect.begin(wish(), 'browser-1')
  return { url, state: stateOf(url), code: world.partner.agree(url) }
}

const finish = (query: Record<string, string>, browser: string | undefined = 'browser-1') =>
  world.connect.finish({
    connector: 'boutique',
    target: `/connect/boutique/callback?${new URLSearchParams(query)}`,
    browser,
  })

describe('connecting a store', () => {
  it('sends the merchant to the partner with scopes, state and a PKCE challenge', async () => {
    const { url } = await begun()
    const { origin, pathname, searchParams } = new URL(url)
    expect(`${origin}${pathname}`).toBe('https://acme.example/authorize')
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ response_type: 'code', client_id: 'hub-app', scope: 'orders stock' },
      redirect_uri: 'https://hub.example/connect/boutique/callback',
      state: expect.stringMatching(/^xdc_[\w-]{43}$/),
      ...{ code_challenge: expect.stringMatching(/^[\w-]{43}$/), code_challenge_method: 'S256' },
    })
  })

  it('makes the connection of what came back, and writes down who did it', async () => {
    const { state, code } = await begun()
    expect(await finish({ state, code })).toEqual({ connection: 'new-shop' })
    const made = (await world.directory.reread('new-shop'))!
    expect(made).toMatchObject({ tenant: 'acme', state: 'active', settings: { shop: 'acme.example' } })
    expect(await world.tokenFor(made)).toBe('access-1')
    // The webhook secret is the app's own: nobody has to give it.
    expect(made.secrets['webhookSecret']?.[0]).toBe('app-secret-2')
    const { items } = await world.store.audit.list()
    expect(items.map(({ actor, action }) => [actor, action])).toContainEqual([
      'key_1',
      'connection.authorize',
    ])
    expect(JSON.stringify(items)).not.toMatch(/access-1|refresh-1/)
  })

  it('keeps neither state nor verifier readable', async () => {
    const { state, url } = await begun()
    const rows = JSON.stringify(await world.store.keys.list('connect'))
    expect(rows).not.toContain(state)
    expect(rows).not.toContain(new URL(url).searchParams.get('code_challenge'))
    expect(rows).not.toContain('acme.example')
  })

  it('works once', async () => {
    const { state, code } = await begun()
    const both = await Promise.allSettled([finish({ state, code }), finish({ state, code })])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(finish({ state, code })).rejects.toMatchObject({ code: 'OAUTH_STATE_INVALID' })
    expect(world.partner.asked).toHaveLength(1)
  })

  it.each([
    ['nobody opened', { state: 'xdc_unknown', code: 'c' }],
    ['is missing', { code: 'c' }],
  ])('refuses a state that %s', async (_why, query) => {
    await expect(finish(query)).rejects.toMatchObject({ code: 'OAUTH_STATE_INVALID' })
    expect(world.partner.asked).toHaveLength(0)
  })

  it('refuses a state after half an hour', async () => {
    const { state, code } = await begun()
    await world.clock.advance(30 * 60_000 + 1)
    await expect(finish({ state, code })).rejects.toMatchObject({ code: 'OAUTH_STATE_INVALID' })
  })

  it.each([['browser-2'], [undefined]])('refuses the answer in another browser (%s)', async browser => {
    const { state, code } = await begun()
    await expect(
      world.connect.finish({
        connector: 'boutique',
        target: `/x?${new URLSearchParams({ state, code })}`,
        browser,
      }),
    ).rejects.toMatchObject({ code: 'OAUTH_STATE_INVALID' })
    expect(world.partner.asked).toHaveLength(0)
    expect(await world.directory.reread('new-shop')).toBeNull()
  })

  it('says so when the merchant did not agree', async () => {
    const { state } = await begun()
    await expect(finish({ state, error: 'access_denied' })).rejects.toMatchObject({
      code: 'OAUTH_DENIED',
      detail: 'The partner says “access_denied”.',
    })
  })

  it('refuses the agreement of another store than was asked for', async () => {
    await world.close()
    world = await oauthWorld({
      connector: oauthConnector({ settingsFromCallback: { store: 'shop', seller: 'account' } }),
    })
    const first = await begun()
    await expect(finish({ ...first, store: 'other.example' })).rejects.toMatchObject({
      code: 'OAUTH_STATE_INVALID',
    })
    const second = await begun()
    await finish({ state: second.state, code: second.code, store: 'acme.example', seller: 'A1' })
    expect((await world.directory.reread('new-shop'))?.settings).toMatchObject({ account: 'A1' })
  })

  it('refuses an answer that the partner did not sign, where it signs', async () => {
    await world.close()
    world = await oauthWorld({ connector: oauthConnector({ callbackSignature: 'shopifyOauth' }) })
    const first = await begun()
    await expect(finish({ state: first.state, code: first.code })).rejects.toMatchObject({
      code: 'OAUTH_STATE_INVALID',
    })
    const { state, code } = await begun()
    const hmac = createHmac('sha256', 'app-secret-1').update(`code=${code}&state=${state}`).digest('hex')
    await finish({ code, hmac, state })
    expect((await world.directory.reread('new-shop'))?.state).toBe('active')
  })

  it('gives the connection there is new tokens, and lets go what it held', async () => {
    await world.have({ accessToken: ['old'] }, 'new-shop')
    await world.store.connections.patch('new-shop', {
      state: 'unauthorized',
      stateReason: 'The partner said no.',
    })
    const { state, code } = await begun()
    await finish({ state, code })
    const shop = (await world.directory.reread('new-shop'))!
    expect([shop.state, shop.stateReason, shop.secrets['accessToken']]).toEqual([
      'active',
      undefined,
      ['access-1'],
    ])
  })

  it('never takes over a connection of another tenant', async () => {
    const { state, code } = await begun()
    await world.have({}, 'new-shop')
    await world.store.connections.put({
      ...(await world.store.connections.get('new-shop'))!,
      tenant: 'other',
    })
    await expect(finish({ state, code })).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })

  it('needs an app, and names where it belongs', async () => {
    await world.close()
    world = await oauthWorld({ apps: {} })
    await expect(world.connect.begin(wish(), 'b')).rejects.toMatchObject({
      code: 'OAUTH_APP_REFUSED',
      detail: expect.stringContaining('`apps.boutique`'),
    })
  })
})

describe('an invitation', () => {
  it('opens the partner’s page once, in the browser of whoever follows it', async () => {
    const { url } = await world.connect.invite(wish())
    const invitation = new URL(url).searchParams.get('invitation')!
    const { url: partner } = await world.connect.accept('boutique', invitation, 'merchant')
    await expect(world.connect.accept('boutique', invitation, 'other')).rejects.toMatchObject({
      code: 'OAUTH_STATE_INVALID',
    })
    await finish({ state: stateOf(partner), code: world.partner.agree(partner) }, 'merchant')
    expect(await world.directory.reread('new-shop')).toMatchObject({ state: 'active' })
  })

  it('is no agreement', async () => {
    const { url } = await world.connect.invite(wish())
    const state = new URL(url).searchParams.get('invitation')!
    await expect(finish({ state, code: 'c' }, '')).rejects.toMatchObject({ code: 'OAUTH_STATE_INVALID' })
  })
})

describe('keys that are handed over', () => {
  const handoff: KeyHandoff = {
    kind: 'key-handoff',
    authorizeUrl: ({ shop }, { callbackUrl, returnUrl, state }) =>
      `https://${String(shop)}/agree?${new URLSearchParams({ callbackUrl, returnUrl, state })}`,
    read: body => {
      const { user_id: state, key } = body as Record<string, string>
      return state && key ? { state, secrets: { webhookSecret: key } } : null
    },
  }
  const connector: Connector = {
    manifest: { ...oauthConnector().manifest, auth: handoff },
  }

  beforeEach(async () => {
    await world.close()
    world = await oauthWorld({ connector })
  })

  it('make the connection, once', async () => {
    const { url } = await world.connect.begin(wish(), 'browser-1')
    const state = stateOf(url)
    expect(await world.connect.keysCame(state)).toBe(false)
    expect(await world.connect.takeKeys('boutique', { user_id: state, key: 'k-1' })).toEqual({
      connection: 'new-shop',
    })
    expect(await world.connect.keysCame(state)).toBe(true)
    expect((await world.directory.reread('new-shop'))?.secrets['webhookSecret']).toEqual(['k-1'])
    await expect(world.connect.takeKeys('boutique', { user_id: state, key: 'k-2' })).rejects.toMatchObject({
      code: 'OAUTH_STATE_INVALID',
    })
  })

  it.each([[{}], [{ user_id: 'xdc_guessed', key: 'k' }]])(
    'of nobody that was asked are refused (%j)',
    async body => {
      await expect(world.connect.takeKeys('boutique', body)).rejects.toMatchObject({ fault: 'operator' })
    },
  )
})
