import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { copyMappings } from '../support/copy-mappings.ts'
import { type CliWorld, cliWorld } from './cli-harness.ts'

const ORDER = 'storefronts/shopify/order'

const dir = mkdtempSync(join(tmpdir(), 'cli-overlays-'))
copyMappings(dir)
afterAll(() => rmSync(dir, { recursive: true }))

let cli: CliWorld
let folder: string

beforeEach(() => {
  cli = cliWorld()
  folder = join(cli.dataDir, 'overlays')
  mkdirSync(folder)
})

afterEach(() => cli.close())

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

const overlay = (document: string) =>
  `extends: ${ORDER}\nfor: { tenant: acme }\nversion: 1\ndocument:\n  ${document}\n`

describe('hub mappings lint --overlays', () => {
  it('finds nothing wrong with an overlay that fits', async () => {
    write('acme.overlay.yaml', overlay('channel: source_name'))
    expect(await cli.hub(`mappings lint --json --overlays ${folder}`)).toMatchObject({
      code: 0,
      json: { errors: 0 },
    })
  })

  it('names problems with the path of the overlay’s file', async () => {
    write('acme.overlay.yaml', overlay('chanel: source_name'))
    const { code, out } = await cli.hub(`mappings lint --overlays ${folder} --dir ${dir}`)
    expect(code).toBe(1)
    expect(out).toMatch(/overlays\/acme\.overlay\.yaml:5:3 error TARGET_UNKNOWN /)
  })

  it('says so when there is no such folder', async () => {
    const { code, err } = await cli.hub(`mappings lint --overlays nowhere --dir ${dir}`)
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('no folder “nowhere”') })
  })
})

describe('hub mappings test --overlays', () => {
  const cases = (channel: string) =>
    `cases:\n  - { name: mine, file: storefronts/shopify/cases/order-jpy.json, include: { channel: ${channel} } }\n`

  beforeEach(() => write('acme.overlay.yaml', overlay(`channel: '"acme"'`)))

  it('runs the cases beside an overlay on what it makes of its mapping', async () => {
    write('acme.overlay.test.yaml', cases('acme'))
    const { code, json } = await cli.hub(`mappings test ${ORDER} --json --overlays ${folder} --dir ${dir}`)
    expect({ code, failed: json.failed }).toEqual({ code: 0, failed: 0 })
    expect(json.items.at(-1)).toMatchObject({
      mapping: 'acme.overlay.yaml',
      cases: [{ name: 'mine', ok: true }],
    })
  })

  it('fails while one of them does', async () => {
    write('acme.overlay.test.yaml', cases('globex'))
    const { code, out } = await cli.hub(`mappings test ${ORDER} --overlays ${folder} --dir ${dir}`)
    expect(code).toBe(1)
    expect(out).toContain('mine')
  })

  it('leaves overlays of other mappings', async () => {
    const { json } = await cli.hub(
      `mappings test storefronts/shopify/product --json --overlays ${folder} --dir ${dir}`,
    )
    expect(json.items).toHaveLength(1)
  })
})

describe('hub doctor', () => {
  it('looks at the overlays of the configuration', async () => {
    const yaml = `mappings: { overlays: ${folder} }`
    const found = async () => {
      const { json } = await cli.hub('doctor --json', { yaml })
      return json.checks.find(({ name }: { name: string }) => name === 'overlays')
    }
    write('acme.overlay.yaml', overlay('channel: source_name'))
    expect(await found()).toMatchObject({ ok: true, detail: '1 file laid over them' })
    write('acme.overlay.yaml', overlay('chanel: source_name'))
    expect(await found()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('acme.overlay.yaml:5:3'),
    })
  })
})
