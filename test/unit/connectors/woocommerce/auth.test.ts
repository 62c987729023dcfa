import { describe, expect, it } from '@jest/globals'
import { auth } from '#connectors/storefronts/woocommerce/auth.ts'

describe('connecting by the page of the shop', () => {
  it('asks for reading and writing, and carries the state as the user', () => {
    const at = {
      callbackUrl: 'https://hub.example/cb',
      returnUrl: 'https://hub.example/done',
      state: 's t',
      app: 'Crossdock',
    }
    const url = new URL(auth.authorizeUrl({ shopUrl: 'https://shop.example/store/' }, at))
    expect(`${url.origin}${url.pathname}`).toBe('https://shop.example/store/wc-auth/v1/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_name: 'Crossdock',
      scope: 'read_write',
      user_id: 's t',
      return_url: at.returnUrl,
      callback_url: at.callbackUrl,
    })
  })

  it('reads the keys that the shop posts', () => {
    const posted = {
      key_id: 1,
      user_id: 'state',
      consumer_key: 'ck_1',
      consumer_secret: 'cs_1',
      key_permissions: 'read_write',
    }
    expect(auth.read(posted)).toEqual({
      state: 'state',
      secrets: { consumerKey: 'ck_1', consumerSecret: 'cs_1' },
    })
  })

  it.each([null, 'text', {}, { user_id: 'state', consumer_key: 'ck_1' }])('takes %j for nothing', body =>
    expect(auth.read(body)).toBeNull(),
  )
})
