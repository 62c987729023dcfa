import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { fromDeclared } from '#core/accounts/live-connection.ts'
import { oauthConnector } from '#test/support/oauth-partner.ts'
import { type OAuthWorld, oauthWorld } from './world.ts'

let world: OAuthWorld

beforeEach(async () => {
  world = await oauthWorld()
})

afterEach(() => world.close())

/** A connection as it stands after a merchant agreed. */
async function connected(): Promise<Awaited<ReturnType<OAuthWorld['have']>>> {
  await world.have({})
  const wish = {
    ...{ tenant: 'acme', connector: 'boutique', connection: 'shop' },
    settings: { shop: 'acme.example', tokenUrl: `${world.partner.url}/token` },
    actor: { id: 'key_1', role: 'admin' as const },
  }
  const { url } = await world.connect.begin(wish, 'browser')
  const query = new URLSearchParams({
    code: world.partner.agree(url),
    state: new URL(url).searchParams.get('state')!,
  })
  await world.connect.finish({ connector: 'boutique', target: `/x?${query}`, browser: 'browser' })
  return (await world.directory.reread('shop'))!
}

describe('a token', () => {
  it('is the stored one until shortly before its end', async () => {
    const shop = await connected()
    await world.clock.advance(3_600_000 - 61_000)
    expect(await world.tokenFor(shop)).toBe('access-1')
    expect(world.partner.asked).toHaveLength(1)
  })

  it('is renewed in good time, and the rotated refresh token kept', async () => {
    const shop = await connected()
    await world.clock.advance(3_600_000 - 60_000)
    expect(await world.tokenFor(shop)).toBe('access-2')
    await world.clock.advance(3_600_000)
    expect(await world.tokenFor((await world.directory.get('shop'))!)).toBe('access-3')
    expect(world.partner.asked.map(({ refresh_token }) => refresh_token)).toEqual([
      undefined,
      'refresh-1',
      'refresh-2',
    ])
  })

  it('is renewed once for all who ask, also for those who still hold the old one', async () => {
    const shop = await connected()
    const all = await Promise.all(Array.from({ length: 50 }, () => world.tokenFor(shop, 'access-1')))
    expect(new Set(all)).toEqual(new Set(['access-2']))
    expect(await world.tokenFor(shop, 'access-1')).toBe('access-2')
    expect(world.partner.asked).toHaveLength(2)
  })

  it('at hand goes on while the partner cannot be reached, until its end', async () => {
    const shop = await connected()
    await world.clock.advance(3_600_000 - 30_000)
    world.partner.next.push({ status: 503, body: '' }, { status: 503, body: '' })
    expect(await world.tokenFor(shop)).toBe('access-1')
    await world.clock.advance(30_000)
    await expect(world.tokenFor(shop)).rejects.toMatchObject({ code: 'PARTNER_FAILED', recovery: 'retry' })
    expect(await world.tokenFor(shop)).toBe('access-2')
    expect((await world.directory.get('shop'))?.state).toBe('active')
  })

  it('waits as long as a throttled token endpoint asks', async () => {
    const shop = await connected()
    world.partner.next.push({ status: 429, body: {}, headers: { 'retry-after': '7' } })
    await expect(world.tokenFor(shop, 'access-1')).rejects.toMatchObject({
      recovery: 'wait',
      retryAfterMs: 7_000,
    })
  })

  it('refused for good makes the connection unauthorized, with what the merchant has to do and no secret', async () => {
    const shop = await connected()
    world.partner.next.push({ status: 400, body: { error: 'invalid_grant', error_description: 'refresh-1' } })
    await expect(world.tokenFor(shop, 'access-1')).rejects.toMatchObject({ recovery: 'reauthorize' })
    const { state, stateReason } = (await world.directory.get('shop'))!
    expect([state, stateReason]).toEqual([
      'unauthorized',
      'The token endpoint answered “invalid_grant”. The merchant has to connect the store again (connection “shop”).',
    ])
  })

  it('of an app that the partner does not know is tried again: no merchant can repair that', async () => {
    const shop = await connected()
    const no = { status: 401, body: { error: 'invalid_client' } }
    world.partner.next.push(no, no)
    await expect(world.tokenFor(shop, 'access-1')).rejects.toMatchObject({
      code: 'OAUTH_APP_REFUSED',
      recovery: 'retry',
    })
    expect((await world.directory.get('shop'))?.state).toBe('active')
    // Both live values of the app's secret were tried.
    expect(world.partner.asked.slice(1).map(({ client_secret }) => client_secret)).toEqual([
      'app-secret-2',
      'app-secret-1',
    ])
  })

  it('that somebody gave by hand is used as it is, and refused it needs somebody', async () => {
    const shop = await world.have({ accessToken: ['by-hand'] })
    expect(await world.tokenFor(shop)).toBe('by-hand')
    await expect(world.tokenFor(shop, 'by-hand')).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    expect(world.partner.asked).toHaveLength(0)
  })

  it('stays the newer one when somebody changes another secret meanwhile', async () => {
    const shop = await connected()
    let changing: Promise<void> | undefined
    world.partner.before = async () => {
      changing ??= world.connections.change(
        'shop',
        { secrets: { webhookSecret: ['new'] } },
        { id: 'a', role: 'admin' },
      )
    }
    const token = world.tokenFor(shop, 'access-1')
    await token
    for (let turn = 0; turn < 20; turn++) {
      await world.clock.advance(100)
      await new Promise(setImmediate)
    }
    await changing
    const { secrets } = (await world.directory.reread('shop'))!
    expect([secrets['accessToken'], secrets['refreshToken'], secrets['webhookSecret']]).toEqual([
      ['access-2'],
      ['refresh-2'],
      ['new'],
    ])
  })
})

describe('a declared connection', () => {
  const declared = (refreshToken: string) => ({
    ...{ id: 'shop', tenant: 'acme', connector: 'boutique', settings: { shop: 'acme.example' } },
    secrets: { refreshToken: [refreshToken] },
  })

  it('keeps tokens got at run time in the store, until other credentials are declared', async () => {
    await world.close()
    world = await oauthWorld({ declared: [declared('refresh-declared')] })
    await world.directory.ensureDeclared()
    world.partner.next.push({
      status: 200,
      body: { access_token: 'first', refresh_token: 'r-1', expires_in: '3600' },
    })
    const shop = (await world.directory.reread('shop'))!
    expect(await world.tokenFor(shop)).toBe('first')
    expect(world.partner.asked[0]).toMatchObject({ refresh_token: 'refresh-declared' })

    await world.directory.ensureDeclared()
    const { secrets } = (await world.directory.reread('shop'))!
    expect([secrets['accessToken'], secrets['refreshToken']]).toEqual([['first'], ['r-1']])
    const row = JSON.stringify(await world.store.connections.get('shop'))
    expect(row).not.toMatch(/first|r-1|refresh-declared/)

    const given = (refreshToken: string) => fromDeclared(declared(refreshToken), stored, world.vault).secrets
    const stored = await world.store.connections.get('shop')
    expect(given('refresh-declared')['refreshToken']).toEqual(['r-1'])
    expect(given('other')).toEqual({ refreshToken: ['other'] })
  })
})

describe('client credentials', () => {
  it('are asked for by scope, and need no merchant', async () => {
    await world.close()
    world = await oauthWorld({ connector: oauthConnector({ grant: 'client-credentials' }) })
    const shop = await world.have({})
    expect(await world.tokenFor(shop)).toBe('access-1')
    expect(world.partner.asked[0]).toMatchObject({ grant_type: 'client_credentials', scope: 'orders stock' })
  })

  it('refused are the connection’s own trouble where they are its own', async () => {
    await world.close()
    world = await oauthWorld({ connector: oauthConnector({ grant: 'client-credentials' }), apps: {} })
    const shop = await world.have({ clientId: ['own'], clientSecret: ['wrong'] })
    await expect(world.tokenFor(shop)).rejects.toMatchObject({ recovery: 'reauthorize' })
    expect((await world.directory.get('shop'))?.stateReason).toContain('Check the client id')
  })
})
