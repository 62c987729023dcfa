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
  copyMappings(dir, 'marketplaces/amazon')
})

afterEach(() => cli.close())

const SHOPIFY = 'storefronts/shopify'

describe('hub mappings lint', () => {
  it('places one wrong letter in a path and names what was meant', async () => {
    const path = join(dir, SHOPIFY, 'order.map.yaml')
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      text.replace(
        '$money(total_tax_set.presentment_money.amount',
        '$money(total_tax_set.presentmen_money.amount',
      ),
    )
    const lines = readFileSync(path, 'utf8').split('\n')
    const line = lines.findIndex(one => one.includes('presentmen_money'))
    const { code, out } = await cli.hub(`mappings lint --dir ${dir}`)
    expect(code).toBe(1)
    expect(out).toContain(
      `${path}:${line + 1}:${lines[line]!.indexOf('presentmen_money') + 1} error SOURCE_UNKNOWN ` +
        'The source has no `/total_tax_set/presentmen_money`. — Did you mean `presentment_money`?',
    )
  })

  it('places what is wrong with a schema, and goes on with the others', async () => {
    writeFileSync(join(dir, SHOPIFY, 'product.source.schema.json'), '{\n  "type": \n')
    writeFileSync(join(dir, 'canonical', 'settlement.schema.json'), '[]')
    const { code, json } = await cli.hub(`mappings lint --json --dir ${dir}`)
    expect(code).toBe(1)
    const problems = json.problems as { code: string; file: string; line: number; column: number }[]
    expect(problems.map(({ code, file, line, column }) => `${code} ${file}:${line}:${column}`)).toEqual([
      'SCHEMA_BROKEN canonical/settlement.schema.json:1:1',
      `SCHEMA_BROKEN ${SHOPIFY}/product.source.schema.json:3:1`,
      expect.stringMatching(/^SCHEMA_UNKNOWN marketplaces\/amazon\/settlement\.map\.yaml:\d+:9$/),
      expect.stringMatching(/^SCHEMA_UNKNOWN storefronts\/shopify\/product\.map\.yaml:\d+:9$/),
    ])
  })
})

describe('hub mappings coverage', () => {
  it('shows of payload files which fields nobody reads and which the schema does not know', async () => {
    const order = JSON.parse(readFileSync(join(dir, SHOPIFY, 'cases/order-jpy.json'), 'utf8'))
    const file = join(cli.dataDir, 'order.json')
    writeFileSync(file, JSON.stringify({ ...order, brand_new: { deep: 1 }, token: 'abc' }))
    const { code, out } = await cli.hub(`mappings coverage shopify/order ${file} --dir ${dir}`)
    expect(code).toBe(0)
    expect(out).toMatch(/\/brand_new\/deep +1 +no +no/)
    expect(out).toMatch(/\/token +1 +no +yes/)
    expect(out).not.toContain('/total_price ')
    expect(out).toMatch(/1 record, \d+ fields, \d+ unread, 1 not in the source schema\./)
    const all = await cli.hub(`mappings coverage shopify/order ${file} --all --dir ${dir}`)
    expect(all.out).toMatch(/\/total_price +1 +yes +yes/)
  })

  it('adds up several files, and prints one value as JSON', async () => {
    const cases = ['order-jpy', 'order-kwd'].map(name => join(dir, SHOPIFY, `cases/${name}.json`))
    const { json } = await cli.hub(`mappings coverage shopify/order ${cases.join(' ')} --json --dir ${dir}`)
    expect(json).toMatchObject({ mapping: `${SHOPIFY}/order`, records: 2, undeclared: 0 })
    expect(json.fields).toContainEqual({ pointer: '/currency', count: 2, read: true, declared: true })
  })
})
