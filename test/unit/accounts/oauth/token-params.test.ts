import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { oauthConnector } from '#test/support/oauth-partner.ts'
import { type OAuthWorld, oauthWorld } from './world.ts'

let world: OAuthWorld

beforeEach(async () => {
  world = await oauthWorld({
    connector: oauthConnector({
      settingsFromCallback: { context: 'account' },
      tokenParams: { scope: 'orders stock' },
      tokenParamsOf: ({ account }) => ({ context: String(account) }),
    }),
  })
})

afterEach(() => world.close())

it('a token request repeats the store that the callback told', async () => {
  const wish = {
    ...{ tenant: 'acme', connector: 'boutique', connection: 'new-shop' },
    settings: { shop: 'acme.example', tokenUrl: `${world.partner.url}/token` },
    actor: { id: 'key_1', role: 'merchant' as const, tenant: 'acme' },
  }
  const { url } = await world.connect.begin(wish, 'browser-1')
  const query = {
    ...{ state: new URL(url).searchParams.get('state')!, code: world.partner.agree(url) },
    context: 'stores/abc123',
  }
  await world.connect.finish({
    ...{ connector: 'boutique', browser: 'browser-1' },
    target: `/connect/boutique/callback?${new URLSearchParams(query)}`,
  })
  expect(world.partner.asked[0]).toMatchObject({ context: 'stores/abc123', scope: 'orders stock' })
})
