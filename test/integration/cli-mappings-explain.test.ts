import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { copyMappings } from '../support/copy-mappings.ts'
import { type CliWorld, cliWorld } from './cli-harness.ts'

const SHIPMENT = 'storefronts/shopify/shipment'
const PAYLOAD = 'mappings/storefronts/shopify/cases/fulfillment-packages.json'

let cli: CliWorld

beforeEach(() => {
  cli = cliWorld()
})

afterEach(() => cli.close())

describe('hub mappings explain, without a payload', () => {
  it('tells which rule fills a field, and what it reads', async () => {
    const { json } = await cli.hub('mappings explain shopify/shipment /lines/*/quantity --json')
    expect(json.leaves).toEqual([
      expect.objectContaining({ pointer: '/lines/*/quantity', reads: ['/line_items/*/quantity'] }),
    ])
    expect((await cli.hub('mappings explain shopify/shipment /nothing')).err).toMatch(
      /fills nothing at “\/nothing”/,
    )
    expect((await cli.hub('mappings explain nothing')).err).toMatch(/^NOT_FOUND/)
  })

  it('takes a pointer as an option, and whole names only', async () => {
    const { json } = await cli.hub('mappings explain shopify/shipment --pointer /number --json')
    expect(json.leaves.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/number'])
    expect((await cli.hub('mappings explain shopify/shipment /num')).code).toBe(1)
  })

  it('takes the path of a mapping file for its id', async () => {
    const { json } = await cli.hub(`mappings explain mappings/${SHIPMENT}.map.yaml --json`)
    expect(json.mapping).toBe(SHIPMENT)
  })
})

describe('hub mappings explain, of a payload', () => {
  it('tells field, rule and value of everything that was made', async () => {
    const { code, json } = await cli.hub(`mappings explain shopify/shipment ${PAYLOAD} --json`)
    expect(code).toBe(0)
    const [{ result, leaves }] = json.records
    expect(result.body.lines[0].quantity).toBe(2)
    expect(leaves).toContainEqual(
      expect.objectContaining({
        ...{ pointer: '/lines/0/quantity', value: 2, expression: 'quantity' },
        ...{ sources: ['/line_items/0/quantity'], tables: [] },
      }),
    )
  })

  it('is a table for people, narrowed to what is asked', async () => {
    const { out } = await cli.hub(`mappings explain shopify/shipment ${PAYLOAD} --pointer /lines/0`)
    const [head, ...rows] = out.trim().split('\n')
    expect(head).toMatch(/^CANONICAL +VALUE +SOURCE +RULE +TABLE$/)
    expect(rows.every(row => row.startsWith('/lines/0/'))).toBe(true)
    expect(out).toMatch(/\/lines\/0\/quantity +2 +\/line_items\/0\/quantity +\d+:\d+ quantity +–/)
  })

  it('shows the entry of a table that answered', async () => {
    const { out } = await cli.hub(`mappings explain shopify/shipment ${PAYLOAD} --pointer /status`)
    expect(out).toMatch(/shipmentStatus\[\w+\]/)
  })

  it('takes an absolute path, which begins as a pointer does', async () => {
    const { json } = await cli.hub(`mappings explain shopify/shipment ${resolve(PAYLOAD)} --json`)
    expect(json.records).toHaveLength(1)
  })

  it('shows the problems below what could be made, and fails', async () => {
    const { code, out } = await cli.hub('mappings explain shopify/order -', { stdin: '{"id":1}' })
    expect(code).toBe(1)
    expect(out).toMatch(/identity +"1" +\/id /)
    expect(out).toMatch(/✗ MAPPING_MISSING \/currency .*\n {4}mappings\/\S+order\.map\.yaml:\d+:\d+/)
  })
})

describe('hub mappings explain --case', () => {
  it('explains a case that stands beside the mapping, under its conditions', async () => {
    const line = ['mappings', 'explain', 'shopify/inventory', '--case', 'zero is a figure', '--json']
    const { json } = await cli.hubArgs(line)
    expect(json.records[0].result.body).toMatchObject({ available: 0 })
  })

  it('names the nearest where there is no such case', async () => {
    const { err } = await cli.hubArgs([
      'mappings',
      'explain',
      'shopify/inventory',
      '--case',
      'zero is figure',
    ])
    expect(err).toContain('zero is a figure')
  })
})

describe('hub mappings run and explain --overlays', () => {
  let folder: string
  let dir: string

  beforeEach(() => {
    dir = join(cli.dataDir, 'mappings')
    copyMappings(dir)
    folder = join(cli.dataDir, 'overlays')
    mkdirSync(folder)
    const document = `version: 1\ndocument:\n  service: '"by sea"'\n`
    writeFileSync(join(folder, 'all.overlay.yaml'), `extends: ${SHIPMENT}\n${document}`)
    const acme = document.replace('by sea', 'by air')
    writeFileSync(join(folder, 'acme.overlay.yaml'), `extends: ${SHIPMENT}\nfor: { tenant: acme }\n${acme}`)
  })

  it('take a mapping as it holds for everybody', async () => {
    const { json } = await cli.hub(
      `mappings run ${SHIPMENT} ${PAYLOAD} --json --overlays ${folder} --dir ${dir}`,
    )
    expect(json.records[0].body.service).toBe('by sea')
  })

  it('take an overlay by its file, with its rules in it', async () => {
    const { out } = await cli.hub(
      `mappings explain acme.overlay.yaml ${PAYLOAD} --pointer /service --overlays ${folder} --dir ${dir}`,
    )
    expect(out).toMatch(/\/service +"by air" +– +acme\.overlay\.yaml:\d+:\d+ /)
  })

  it('refuse one that does not compile', async () => {
    writeFileSync(join(folder, 'acme.overlay.yaml'), `extends: ${SHIPMENT}\nversion: 1\ndocument: { a: b }\n`)
    const { err } = await cli.hub(
      `mappings run acme.overlay.yaml ${PAYLOAD} --overlays ${folder} --dir ${dir}`,
    )
    expect(err).toMatch(/^MAPPINGS_BROKEN/)
  })
})
