import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { stringify } from 'yaml'
import { type ComposedEngine, composedEngine } from '#test/support/composed-engine.ts'
import { declaredHub } from '#test/support/declared.ts'
import { receiveOrders, shopOrders } from '#test/support/shop-orders.ts'
import { copyMappings } from '../support/copy-mappings.ts'
import { type CliWorld, cliWorld } from './cli-harness.ts'

const ORDER = 'storefronts/shopify/order'
const shipped = readFileSync(`mappings/${ORDER}.map.yaml`, 'utf8')
const payload = JSON.stringify(
  JSON.parse(readFileSync('mappings/storefronts/shopify/cases/order-jpy.json', 'utf8')),
)
const config = declaredHub({ baseUrl: 'http://127.0.0.1:1', secret: 's'.repeat(32) })
const yaml = stringify(config)

let world: CliWorld
let engine: ComposedEngine

beforeAll(async () => {
  world = cliWorld()
  engine = await composedEngine(config, world.dataDir)
  await receiveOrders(engine, shopOrders(2, engine.clock.now()))
  await engine.drain(['translate'])
})
afterAll(async () => {
  await engine.close()
  await world.close()
})

const hub = (line: string) => world.hub(line, { yaml })

function file(name: string, text: string): string {
  const path = join(world.dataDir, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

const overlay = (document: string): string =>
  `extends: ${ORDER}\nfor: { tenant: acme }\nversion: 1\ndocument: ${document}\n`

describe('hub mappings shadow', () => {
  it('shows each leaf from what is stored to what would be, and how many writes that means', async () => {
    const ran = await hub(
      `mappings shadow ${file('a.overlay.yaml', overlay(`{ channel: '"web"' }`))} --show 1`,
    )
    expect([ran.code, ran.err]).toEqual([0, ''])
    expect(ran.out).toMatch(/^2 messages compared\.$/m)
    expect(ran.out).toMatch(/^order #1002 +\/channel +shopify → web$/m)
    expect(ran.out).toMatch(/^1 further document/m)
    expect(ran.out).toMatch(/^\/channel +2$/m)
    expect(ran.out).toMatch(/^2 documents change, 2 writes to acme-erp; 0 stay as they are\.$/m)
  })

  it('shows a shipped file that was changed in place, beside the hub that holds the old one', async () => {
    copyMappings(join(world.dataDir, 'mappings'))
    const place = file(
      `mappings/${ORDER}.map.yaml`,
      shipped.replace(`channel: '"shopify"'`, `channel: '"shopifi"'`),
    )
    const ran = await hub(`mappings shadow ${place} --dir ${join(world.dataDir, 'mappings')}`)
    expect(ran.out).toMatch(/^order #1001 +\/channel +shopify → shopifi$/m)
  })

  it('prints the report as JSON', async () => {
    const { json } = await hub(
      `mappings shadow ${file('a.overlay.yaml', overlay('{ test: null }'))} --last 1 --json`,
    )
    expect(json).toMatchObject({ mapping: ORDER, scope: 'tenant:acme', messages: 1, changed: 1, writes: 1 })
  })

  it('tells the mapping of a file elsewhere by its topics, and of an overlay by what it extends', async () => {
    for (const path of [file('mine.yaml', shipped), file('mine.overlay.yaml', overlay('{}'))])
      expect((await hub(`mappings shadow ${path} --json`)).json).toMatchObject({ mapping: ORDER })
  })

  it.each([
    [
      'does not compile',
      shipped.replace('$money(total_price, $currency)', '$mony(total_price)'),
      'MAPPINGS_BROKEN',
    ],
    ['extends what is not there', overlay('{}').replace('/order', '/none'), 'NOT_FOUND'],
  ])('fails when the file %s', async (_, text, code) => {
    const ran = await hub(`mappings shadow ${file('order.map.yaml', text)}`)
    expect([ran.code, ran.out]).toEqual([1, ''])
    expect(ran.err).toContain(code)
  })
})

describe('publishing from the command line', () => {
  const publish = (text: string, cases = '') => {
    const path = file('acme.overlay.yaml', text)
    if (cases) file('acme.overlay.test.yaml', cases)
    return hub(`mappings publish ${path} --note tried`)
  }
  const CASES = `cases: [{ name: one, input: ${payload}, include: { channel: web } }]\n`

  it('refuses while a case fails, and says what differs', async () => {
    const ran = await publish(overlay(`{ channel: '"shop"' }`), CASES)
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(/Not published: Cases of the mapping fail\./)
    expect(ran.out).toMatch(/✗ one\n.*\/channel/)
    expect((await hub('mappings versions shopify/order')).out).toContain('Nothing was published')
  })

  it('refuses a file that does not compile, with its line', async () => {
    const ran = await publish(overlay(`{ channel: '$nothing()' }`))
    expect([ran.code, ran.out]).toEqual([
      1,
      expect.stringMatching(/overlay\.yaml:4:\d+ error FUNCTION_UNKNOWN/),
    ])
  })

  it.each(['--to x', '--to -1', '--to 7'])('rolls nothing back %s', async to =>
    expect((await hub(`mappings rollback shopify/order ${to}`)).code).toBe(1),
  )

  it('publishes with the cases beside the file, lists it and rolls back', async () => {
    expect(await publish(overlay(`{ channel: '"web"' }`), CASES)).toMatchObject({
      code: 0,
      out: expect.stringContaining('tenant:acme#1'),
    })
    expect((await hub('mappings versions shopify/order')).out).toMatch(/tenant:acme +1 +cli +.*tried/)
    const back = await hub('mappings rollback shopify/order --to 0 --scope tenant:acme')
    expect([back.code, back.out]).toEqual([0, expect.stringContaining('tenant:acme#2')])
    const { json } = await hub('mappings versions shopify/order --json')
    expect(json.items).toMatchObject([
      { number: 2, text: '' },
      { number: 1, cases: CASES, note: 'tried' },
    ])
  })
})

describe('hub mappings replay', () => {
  it('takes a range of times', async () => {
    const later = new Date(Date.now() + 60_000).toISOString()
    expect((await hub(`mappings replay shopify/order --from ${later} --dry-run --json`)).json).toMatchObject({
      matched: 0,
    })
    expect((await hub('mappings replay shopify/order --from noon --dry-run')).code).toBe(1)
  })

  it('counts, asks, and makes the messages due again', async () => {
    expect((await hub('mappings replay shopify/order --dry-run --json')).json).toMatchObject({ matched: 2 })
    const asked = await hub('mappings replay shopify/order')
    expect([asked.code, asked.err]).toEqual([1, expect.stringContaining('Translate 2 messages')])
    const ran = await hub('mappings replay shopify/order --connection acme-shopify --yes')
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('2 messages will be translated again.')])
    expect((await engine.base.store.messages.list({ state: 'pending' })).total).toBe(2)
  })
})
