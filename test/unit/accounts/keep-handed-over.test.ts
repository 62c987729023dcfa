import { afterEach, describe, expect, it } from '@jest/globals'
import { type OAuthWorld, oauthWorld } from './oauth/world.ts'

let world: OAuthWorld
afterEach(() => world.close())

const declared = (webhookSecret: string, refreshToken = 'r') => ({
  ...{ id: 'shop', tenant: 'acme', connector: 'boutique', settings: {} },
  secrets: { webhookSecret: [webhookSecret], refreshToken: [refreshToken] },
})
const live = async () => (await world.directory.reread('shop'))!.secrets['webhookSecret']

describe('a secret that the partner hands over', () => {
  it('stands before the declared one, and in the store only sealed', async () => {
    world = await oauthWorld({ declared: [declared('in-the-file')] })
    await world.directory.ensureDeclared()
    await world.keepHandedOver('shop', { webhookSecret: ['whsec_1'] })
    expect(await live()).toEqual(['whsec_1', 'in-the-file'])
    expect(JSON.stringify(await world.store.connections.get('shop'))).not.toContain('whsec_1')
  })

  it('keeps those that are live, newest first, each once and at most twenty', async () => {
    world = await oauthWorld()
    await world.have({ webhookSecret: ['first'] })
    for (let n = 1; n <= 25; n++) await world.keepHandedOver('shop', { webhookSecret: [`s-${n}`, `s-${n}`] })
    const values = (await live())!
    expect([values.length, values[0], values.at(-1)]).toEqual([20, 's-25', 's-6'])
  })

  it('of a connection that does not exist is refused', async () => {
    world = await oauthWorld()
    await expect(world.keepHandedOver('nowhere', { webhookSecret: ['s'] })).rejects.toMatchObject({
      code: 'CONNECTION_UNKNOWN',
    })
  })
})
