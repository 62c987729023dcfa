import { createHmac } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { loadConfig } from '#config/load.ts'
import { createErpSimulator } from '#connectors/erp/rest/simulator.ts'
import { call } from '#test/support/call.ts'
import { until } from '#test/support/until.ts'
import { manifests } from '#workers/compose/base.ts'
import { type Hub, startHub } from '#workers/compose/hub.ts'
import { cliWorld } from './cli-harness.ts'
import { portalOrder, restShop } from './declared-channel-shop.ts'

const SECRET = 'portal-webhook-secret'
const README = readFileSync('connectors/storefronts/http/README.md', 'utf8')

const folder = mkdtempSync(join(tmpdir(), 'declared-channel-'))
const erp = createErpSimulator({ random: () => 0.5 })
const portal = restShop({ authorization: 'Bearer portal-token' })
const warehouse = restShop({ 'x-api-key': 'warehouse-key' })
const cli = cliWorld()
let hub: Hub

/** Every file of the README, named by its first line, as somebody would copy it. */
function copyFiles(): string[] {
  const files = [...README.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)]
  for (const [, path = '', text = ''] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return files.map(([, path = '']) => path)
}

beforeAll(async () => {
  copyFiles()
  const env = {
    HUB_CONFIG: join(folder, 'hub.yaml'),
    HUB_DATA_DIR: join(folder, 'data'),
    HUB_LOG_LEVEL: 'silent',
    PORTAL_URL: `${await portal.listen()}/api`,
    PORTAL_SECRET: SECRET,
    PORTAL_TOKEN: 'portal-token',
    WAREHOUSE_URL: await warehouse.listen(),
    WAREHOUSE_KEY: 'warehouse-key',
    ERP_URL: await erp.listen(),
  }
  portal.list('/api/orders', ({ query }) => ({
    orders: query.get('page') === '1' ? [portalOrder(2, { changedAt: '2026-03-01T10:00:00Z' })] : [],
  }))
  warehouse.list('/stock', ({ query }) => ({
    data: query.has('after') ? [stock('STOVE-1', 3)] : [stock('TENT-2', 12)],
    next: query.has('after') ? null : 'more',
  }))
  warehouse.list('/parcels', () => [
    {
      id: 501,
      order: 1,
      at: '2026-03-02T15:00:00Z',
      carrier: 'UPS',
      tracking: '1Z999AA10123456784',
      items: [{ sku: 'TENT-2', quantity: 2 }],
    },
  ])
  const config = loadConfig({ env, readFile: path => readFileSync(path, 'utf8'), manifests })
  hub = await startHub({ ...config, port: 0 })
})

afterAll(async () => {
  await hub?.stop()
  await Promise.all([erp.close(), portal.close(), warehouse.close()])
  await cli.close()
  rmSync(folder, { recursive: true })
})

const stock = (sku: string, free: number) => ({ sku, site: 'DRS', free, countedAt: '2026-03-01T08:00:00Z' })

function send(order: object, { secret = SECRET, delivery = 'd-1', event = 'order.created' } = {}) {
  const body = JSON.stringify({ sentAt: '2026-03-01T09:31:00Z', order })
  return call(`${hub.url}/webhooks/portal`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-portal-event': event,
      'x-portal-delivery': delivery,
      'x-portal-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  })
}

const inErp = (number: string) => erp.records('order').find(({ body }) => body['number'] === number)?.body

describe('a declared channel, by the README alone', () => {
  it('brings files that lint and whose cases pass', async () => {
    const mappings = join(folder, 'mappings')
    expect(await cli.hub(`mappings lint --json --overlays ${mappings}`)).toMatchObject({ code: 0 })
    expect(await cli.hub(`mappings test portal/order --json --overlays ${mappings}`)).toMatchObject({
      code: 0,
    })
  })

  it('brings an order of a webhook to the ERP, to the cent and once', async () => {
    expect(await send(portalOrder(1))).toMatchObject({ status: 200 })
    expect(await send(portalOrder(1))).toMatchObject({ status: 200 })
    await until(() => inErp('P-1') !== undefined)
    expect(inErp('P-1')).toMatchObject({
      externalId: '1',
      channel: 'portal',
      placedAt: '2026-03-01T08:30:00Z',
      utcOffset: '+01:00',
      poNumber: 'PO 1',
      shippingAddress: { company: 'Zoë & Söhne', postalCode: '01067', country: 'DE' },
      lines: [{ sku: 'TENT-2', quantity: 2, unitPrice: '149.90' }],
      shippingLines: [{ price: '4.90' }],
      totals: { tax: '57.89', total: '362.59' },
    })
    expect(erp.records('order').filter(({ body }) => body['number'] === 'P-1')).toHaveLength(1)
  })

  it('finds by its poll what no webhook told', async () => {
    await until(() => inErp('P-2') !== undefined)
    expect(inErp('P-2')).toMatchObject({ paymentStatus: 'pending', totals: { total: '362.59' } })
  })

  it('refuses a webhook with another secret, and stores no ping', async () => {
    expect((await send(portalOrder(9), { secret: 'guessed' })).status).toBe(401)
    const before = (await hub.base.store.messages.list({ connection: 'portal' }, {})).items.length
    expect((await send({}, { event: 'ping' })).status).toBe(200)
    expect((await hub.base.store.messages.list({ connection: 'portal' }, {})).items).toHaveLength(before)
  })

  it('writes stock and tracking back, page after page', async () => {
    const put = (path: string) => portal.writes.find(write => write.path === path)
    await until(() => ['/api/stock/TENT-2', '/api/stock/STOVE-1', '/api/orders/1/shipments/501'].every(put))
    expect(put('/api/stock/TENT-2')).toMatchObject({ method: 'PUT', body: { sku: 'TENT-2', quantity: 12 } })
    expect(put('/api/stock/STOVE-1')?.body).toEqual({ sku: 'STOVE-1', quantity: 3 })
    expect(put('/api/orders/1/shipments/501')?.body).toEqual({
      id: '501',
      order: '1',
      carrier: 'UPS',
      trackingNumber: '1Z999AA10123456784',
    })
  })

  it('asks with the declared credentials, below its own address', () => {
    expect(portal.refused).toEqual([])
    expect(warehouse.refused).toEqual([])
  })
})
