import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { copyMappings } from '../support/copy-mappings.ts'
import { type CliWorld, cliWorld } from './cli-harness.ts'

let cli: CliWorld
/** A copy that a test may spoil. */
let dir: string

beforeEach(() => {
  cli = cliWorld()
  dir = join(cli.dataDir, 'mappings')
  copyMappings(dir)
})

afterEach(() => cli.close())

const SHIPMENT = 'storefronts/shopify/shipment'

function spoil(file: string, from: string, to: string): void {
  const path = join(dir, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  writeFileSync(path, text.replace(from, to))
}

/** Where a text stands in a file, 1-based. */
function lineOf(file: string, text: string): { line: number } {
  const lines = readFileSync(join(dir, file), 'utf8').split('\n')
  return { line: lines.findIndex(line => line.includes(text)) + 1 }
}

describe('hub mappings lint', () => {
  it('finds nothing wrong with what is shipped', async () => {
    const { code, json } = await cli.hub('mappings lint --json')
    expect({ code, errors: json.errors, interpreted: json.interpreted }).toEqual({
      code: 0,
      errors: 0,
      interpreted: [],
    })
  })

  it('names every problem with file, line and column, and fails', async () => {
    spoil(`${SHIPMENT}.map.yaml`, '$table("shipmentStatus"', '$table("noTable"')
    spoil(`${SHIPMENT}.map.yaml`, 'quantity: quantity', 'quantity: $nothing(quantity)')
    const { code, out } = await cli.hub(`mappings lint --dir ${dir}`)
    expect(code).toBe(1)
    expect(out).toMatch(/shipment\.map\.yaml:\d+:\d+ error TABLE_UNKNOWN /)
    expect(out).toMatch(/shipment\.map\.yaml:\d+:\d+ error FUNCTION_UNKNOWN /)
    const asJson = await cli.hub(`mappings lint --json --dir ${dir}`)
    expect(asJson).toMatchObject({ code: 1, json: { errors: 2 } })
    expect((await cli.hub(`mappings lint --format json --dir ${dir}`)).json).toEqual(asJson.json)
  })

  it('annotates a review', async () => {
    spoil(`${SHIPMENT}.map.yaml`, 'quantity: quantity', 'quantity: $nothing(quantity)')
    const { out } = await cli.hub(`mappings lint --format github --dir ${dir}`)
    expect(out).toMatch(/^::error file=.*shipment\.map\.yaml,line=\d+,col=\d+,title=FUNCTION_UNKNOWN::/)
  })

  it('says so when the folder is none', async () => {
    expect((await cli.hub('mappings lint --dir nowhere')).err).toMatch(/“nowhere” is no folder of mappings/)
  })
})

describe('hub mappings test', () => {
  it('passes what is shipped, one mapping or all', async () => {
    expect((await cli.hub('mappings test shopify/shipment')).out).toMatch(/^✓ storefronts\/shopify\/shipment/)
    expect(await cli.hub('mappings test --json')).toMatchObject({ code: 0, json: { failed: 0 } })
  })

  it('fails where a mapping does not compile, instead of leaving it out', async () => {
    spoil(`${SHIPMENT}.map.yaml`, 'quantity: quantity', 'quantity: $nothing(quantity)')
    expect(await cli.hub(`mappings test --dir ${dir}`)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/FUNCTION_UNKNOWN/),
    })
    expect((await cli.hub(`mappings test ${SHIPMENT} --dir ${dir}`)).err).toMatch(/^MAPPINGS_BROKEN/)
  })
})

describe('hub mappings run', () => {
  it('maps a payload as the translator would', async () => {
    const { code, json } = await cli.hub(
      `mappings run shopify/order ${dir}/storefronts/shopify/cases/order-jpy.json --json`,
    )
    expect(code).toBe(0)
    expect(json.records).toMatchObject([{ body: { currency: 'JPY', totals: { total: '8460' } } }])
  })

  it('reads standard input, and says what is missing', async () => {
    const { code, out } = await cli.hub('mappings run shopify/order -', { stdin: '{"id":1}' })
    expect(code).toBe(1)
    expect(out).toMatch(/✗ MAPPING_MISSING .*\/currency/)
  })

  it('checks the amounts as the translator does', async () => {
    const order = JSON.parse(readFileSync(`${dir}/storefronts/shopify/cases/order-jpy.json`, 'utf8'))
    const stdin = JSON.stringify({ ...order, total_price: '9999' })
    expect((await cli.hub('mappings run shopify/order -', { stdin })).out).toMatch(/✗ INVARIANT_MONEY/)
  })

  it('names the rule behind every problem', async () => {
    const { out } = await cli.hub(`mappings run shopify/order - --dir ${dir}`, { stdin: '{"id":1}' })
    expect(out).toMatch(
      /✗ MAPPING_MISSING \/currency .*\n {4}.*\/storefronts\/shopify\/order\.map\.yaml:\d+:\d+/,
    )
  })

  it('names the rule of a leaf that the document must not have', async () => {
    spoil(`${SHIPMENT}.map.yaml`, 'quantity: quantity', 'quantity: 0 - quantity')
    const file = `${dir}/storefronts/shopify/cases/fulfillment-packages.json`
    const { code, json } = await cli.hub(`mappings run ${SHIPMENT} ${file} --json --dir ${dir}`)
    const { line } = lineOf(`${SHIPMENT}.map.yaml`, '0 - quantity')
    expect({ code, records: json.records }).toMatchObject({
      code: 1,
      records: [{ problems: [{ code: 'INVARIANT_QUANTITY', target: '/lines/0/quantity', line }] }],
    })
  })

  it('binds the settings of a connection', async () => {
    spoil(`${SHIPMENT}.map.yaml`, 'service: $text(service)', 'service: $connection.settings.shop')
    const file = `${dir}/storefronts/shopify/cases/fulfillment-packages.json`
    const { json } = await cli.hub(`mappings run ${SHIPMENT} ${file} --set shop=acme --json --dir ${dir}`)
    expect(json.records).toMatchObject([{ body: { service: 'acme' } }])
  })

  it('says so when a record is skipped, which is no failure', async () => {
    spoil(`${SHIPMENT}.map.yaml`, 'identity:', 'skip: $exists(id)\nidentity:')
    const file = `${dir}/storefronts/shopify/cases/fulfillment-packages.json`
    expect(await cli.hub(`mappings run ${SHIPMENT} ${file} --dir ${dir}`)).toMatchObject({
      code: 0,
      out: '– The record is skipped: SOURCE_SKIPPED.\n',
    })
  })

  it('says so when there is no such file', async () => {
    const { code, err } = await cli.hub('mappings run shopify/order nothing.json')
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('no file “nothing.json”') })
  })
})
