import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { loadConfig } from '#config/load.ts'
import { until } from '#test/support/until.ts'
import { manifests } from '#workers/compose/base.ts'
import { type Hub, startHub } from '#workers/compose/hub.ts'
import { restShop } from './declared-channel-shop.ts'

const folder = mkdtempSync(join(tmpdir(), 'declared-oauth-'))
const shop = restShop({ authorization: 'Bearer issued-token' })
let hub: Hub

beforeAll(async () => {
  shop.tokens('/oauth/token', { id: 'hub', secret: 'hub-secret', gives: 'issued-token' })
  shop.list('/orders', () => [{ id: 1, at: '2026-03-01T10:00:00Z' }])
  const baseUrl = await shop.listen()
  const declared = {
    tenants: [{ id: 'acme', name: 'Acme Outdoor' }],
    connections: [
      {
        ...{ id: 'portal', tenant: 'acme', connector: 'http-shop' },
        settings: {
          baseUrl,
          auth: { kind: 'client-credentials', tokenUrl: `${baseUrl}/oauth/token` },
          polls: { order: { path: '/orders', changedAt: '/at' } },
        },
        secrets: { clientId: 'hub', clientSecret: 'hub-secret' },
      },
    ],
    security: { allowPrivateHosts: ['127.0.0.1'] },
  }
  const env = { HUB_CONFIG: 'hub.yaml', HUB_DATA_DIR: folder, HUB_LOG_LEVEL: 'silent' }
  const config = loadConfig({ env, readFile: () => JSON.stringify(declared), manifests })
  hub = await startHub({ ...config, port: 0 })
})

afterAll(async () => {
  await hub?.stop()
  await shop.close()
  rmSync(folder, { recursive: true })
})

it('a declared channel asks for its tokens itself', async () => {
  const messages = async () => (await hub.base.store.messages.list({ connection: 'portal' }, {})).items
  await until(async () => (await messages()).length === 1)
  expect(await messages()).toMatchObject([{ topic: 'poll/order' }])
  expect(shop.refused).toEqual([])
})
