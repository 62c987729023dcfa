import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createErpSimulator, type ErpSimulator } from '#connectors/erp/rest/simulator.ts'
import { readSecrets } from '#workers/cli/connection-input.ts'
import { type CliWorld, CONFIG, cliWorld } from './cli-harness.ts'

let cli: CliWorld
let erp: ErpSimulator
let baseUrl: string

beforeEach(async () => {
  cli = cliWorld()
  erp = createErpSimulator({ random: () => 0.5, token: 'erp-token' })
  baseUrl = await erp.listen()
})

afterEach(async () => {
  await erp.close()
  await cli.close()
})

const add = (more = '', stdin = '') =>
  cli.hub(`connections add acme-erp --tenant acme --connector rest-erp --set baseUrl=${baseUrl}${more}`, {
    stdin,
  })

describe('hub connections add', () => {
  it('reads values as JSON where they are JSON, else as text', async () => {
    const { code, json } = await add(' --set strategy=upsert --set timeoutMs=900 --json')
    expect(code).toBe(0)
    expect(json.settings).toEqual({ baseUrl, strategy: 'upsert', timeoutMs: 900 })
  })

  it('seals secrets and never prints them', async () => {
    const { out } = await add(' --secret token=erp-token')
    expect(out).toContain('token (set)')
    const stored = await cli.store().connections.get('acme-erp')
    expect(JSON.stringify(stored) + out).not.toContain('erp-token')
  })

  it('reads a secret from standard input, so that no history keeps it', async () => {
    await add(' --secret token=-', 'erp-token\n')
    expect((await cli.hub('connections probe acme-erp --json')).json).toMatchObject({ ok: true })
  })

  it('keeps the values of a secret in the order given, and takes the line end of standard input away', async () => {
    const readStdin = async () => Buffer.from('new \r\n')
    expect(await readSecrets(['token=-', 'token=old', 'apiKey=a=b'], { readStdin })).toEqual({
      token: ['new ', 'old'],
      apiKey: ['a=b'],
    })
  })

  it.each([
    [' --secret token', /`--secret` takes name=value/],
    [' --secret token=- --secret apiKey=-', /Only one secret/],
    [' --secret token=-', /“token” is empty/],
    [' --secret colour=x', /knows no secret colour/],
    [' --set timeoutMs=soon', /timeoutMs must be integer/],
  ])('refuses `%s`', async (more, sentence) => {
    const { code, out, err } = await add(more)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(sentence)
  })

  it('names the tenants and connectors that there are', async () => {
    const wrongTenant = await cli.hub('connections add x --tenant nobody --connector rest-erp')
    expect(wrongTenant.err).toMatch(/no tenant “nobody”.*acme, globex/)
    const wrongConnector = await cli.hub('connections add x --tenant acme --connector magento')
    expect(wrongConnector.err).toMatch(/no connector “magento”.*rest-erp.*shopify/)
  })

  it('makes the connection that a flow already names, after which a start would take the configuration', async () => {
    const yaml = CONFIG.replace('to: [erp]', 'to: [acme-erp]')
    const before = await cli.hub('config check', { yaml })
    expect(before.code).toBe(1)
    expect(before.err).toMatch(/flows\[0\]\.to\[0\]: is no connection, connector or kind/)
    const words = ['connections', 'add', 'acme-erp', '--tenant', 'acme', '--connector', 'rest-erp']
    const added = await cli.hubArgs([...words, '--set', `baseUrl=${baseUrl}`], { yaml })
    expect(added.code).toBe(0)
    expect((await cli.hub('config check', { yaml })).code).toBe(0)
  })

  it('says the webhook address of a connector that receives', async () => {
    const { out } = await cli.hub(
      'connections add two --tenant acme --connector shopify --set shop=two.myshopify.com --secret webhookSecret=s',
    )
    expect(out).toMatch(/webhooks +http:\/\/localhost:8080\/webhooks\/two/)
  })
})

describe('hub connections', () => {
  it('lists declared ones and those made by hand, also before the first start', async () => {
    await add()
    const { json } = await cli.hub('connections list --json')
    expect(json.items.map(({ id, declared }: { id: string; declared: boolean }) => [id, declared])).toEqual([
      ['acme-erp', false],
      ['acme-shopify', true],
    ])
    expect((await cli.hub('connections list --connector shopify')).out).not.toContain('acme-erp')
  })

  it('pauses and resumes a declared connection that no hub has started with yet', async () => {
    const paused = await cli.hubArgs([
      'connections',
      'pause',
      'acme-shopify',
      '--reason',
      'stocktaking',
      '--json',
    ])
    expect(paused.json).toMatchObject({ state: 'paused', stateReason: 'stocktaking' })
    expect((await cli.hub('connections list --state paused --json')).json.total).toBe(1)
    expect((await cli.hub('connections resume acme-shopify --json')).json.state).toBe('active')
  })

  it('does not let go by reading what waits for authorisation', async () => {
    await cli.hub('connections pause acme-shopify')
    const store = cli.store()
    await store.connections.patch('acme-shopify', { state: 'unauthorized', updatedAt: 1 })
    await cli.hub('connections list')
    expect((await store.connections.get('acme-shopify'))?.state).toBe('unauthorized')
  })

  it('changes settings and secrets, and takes a setting away', async () => {
    await add(' --set timeoutMs=900 --secret token=wrong')
    const { json } = await cli.hub(
      'connections change acme-erp --set strategy=upsert --unset timeoutMs --secret token=erp-token --json',
    )
    expect(json.settings).toEqual({ baseUrl, strategy: 'upsert' })
    expect((await cli.hub('connections probe acme-erp')).code).toBe(0)
  })

  it('removes one made by hand, and tells where a declared one is changed', async () => {
    await add()
    expect((await cli.hub('connections remove acme-erp --json')).json).toEqual({
      id: 'acme-erp',
      removed: true,
    })
    expect((await cli.hub('connections remove acme-shopify')).err).toMatch(/STATE_CONFLICT.*declared/)
    expect((await cli.hub('connections show acme-erp')).err).toMatch(/^NOT_FOUND/)
  })

  it('fails when the partner says no, with code and fix in both forms', async () => {
    await add(' --secret token=wrong')
    const { code, out } = await cli.hub('connections probe acme-erp')
    expect(code).toBe(1)
    expect(out).toMatch(/✗ acme-erp: UNAUTHORIZED.*\n {2}fix: Authorise/)
    const asJson = await cli.hub('connections probe acme-erp --json')
    expect(asJson).toMatchObject({ code: 1, json: { ok: false, code: 'UNAUTHORIZED' } })
  })
})

describe('hub connections authorize', () => {
  const begin = (more = '') =>
    cli.hub(
      `connections authorize new-shop --connector shopify --tenant acme --set shop=a.myshopify.com${more}`,
    )

  it('prints a link that works once, and says until when', async () => {
    const { code, out } = await begin()
    expect(code).toBe(0)
    expect(out).toMatch(/\/connect\/shopify\?invitation=xdc_[\w-]{43}\n.*works once, until 20/)
    expect(JSON.stringify(await cli.store().keys.list('connect'))).not.toContain(out.match(/xdc_[\w-]+/)![0])
  })

  it('refuses what cannot be connected by agreement', async () => {
    await add()
    const { code, err } = await cli.hub('connections authorize acme-erp')
    expect([code === 0, err]).toEqual([false, expect.stringContaining('give its secrets instead')])
  })
})

describe('hub connections subscribe', () => {
  it('says why it leaves a partner alone', async () => {
    await add()
    const { code, err } = await cli.hub('connections subscribe acme-erp')
    expect([code === 0, err]).toEqual([false, expect.stringContaining('has no subscriptions')])
  })
})
