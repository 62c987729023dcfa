import { appendFileSync, cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Plan } from '#core/contracts/mapper.ts'
import { concerned } from '#workers/cli/concerned.ts'
import type { NamedMapping } from '#workers/cli/mapping-named.ts'
import { diffLines } from '#workers/cli/text/diff-text.ts'
import { paintFor } from '#workers/cli/text/paint.ts'
import { copyMappings } from '../support/copy-mappings.ts'
import { type CliWorld, cliWorld } from './cli-harness.ts'

const SHIPMENT = 'storefronts/shopify/shipment'

let cli: CliWorld
/** A copy that a test may spoil. */
let dir: string

beforeEach(() => {
  cli = cliWorld()
  dir = join(cli.dataDir, 'mappings')
  copyMappings(dir)
})

afterEach(() => cli.close())

/** As many editors save: another file takes the place of the old one. */
function replace(file: string, from: string, to: string): void {
  const path = join(dir, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  writeFileSync(`${path}.tmp`, text.replace(from, to))
  renameSync(`${path}.tmp`, path)
}

const [SERVICE, BY_SEA] = ['service: $text(service)', 'service: \'"by sea"\'']

describe('hub mappings test, where a case fails', () => {
  it('shows what was expected and what came, with the rule and the case', async () => {
    replace(`${SHIPMENT}.map.yaml`, SERVICE, BY_SEA)
    const { code, out } = await cli.hub(`mappings test ${SHIPMENT} --dir ${dir}`)
    expect(code).toBe(1)
    expect(out).toMatch(
      /✗ storefronts\/shopify\/shipment {2}\d+ of \d+ cases failed {2}\(- expected, \+ got\)/,
    )
    expect(out).toMatch(/ {2}✗ three parcels .* \S+\/shipment\.test\.yaml:\d+:\d+\n/)
    expect(out).toMatch(
      / {4}\/service {2}\S+\/shipment\.map\.yaml:\d+:\d+ {2}"by sea"\n {6}- "manual"\n {6}\+ "by sea"\n/,
    )
    expect(out).not.toContain('\u001B')
  })

  it('says how to see more, as a shell takes it', async () => {
    replace(`${SHIPMENT}.map.yaml`, SERVICE, BY_SEA)
    const { out } = await cli.hub(`mappings test ${SHIPMENT} --dir ${dir}`)
    const [, name] = /more: hub mappings explain \S+ --case '([^']+)' --dir \S+/.exec(out) ?? []
    const explained = await cli.hubArgs([
      ...['mappings', 'explain', SHIPMENT, '--case', name ?? ''],
      ...['--dir', dir, '--pointer', '/service'],
    ])
    expect(explained).toMatchObject({ code: 0, out: expect.stringContaining('"by sea"') })
  })

  it('tells a program the same', async () => {
    replace(`${SHIPMENT}.map.yaml`, SERVICE, BY_SEA)
    const { json } = await cli.hub(`mappings test ${SHIPMENT} --json --dir ${dir}`)
    const leaf = { pointer: '/service', expected: 'manual', actual: 'by sea' }
    expect(json.items[0].cases[0]).toMatchObject({
      ...{ ok: false, differences: ['/service: expected "manual", got "by sea"'] },
      leaves: [{ ...leaf, rule: { file: join(dir, `${SHIPMENT}.map.yaml`), expression: '"by sea"' } }],
    })
  })

  it('has colours on a terminal only', async () => {
    replace(`${SHIPMENT}.map.yaml`, SERVICE, BY_SEA)
    const { out } = await cli.hub(`mappings test ${SHIPMENT} --dir ${dir}`, { colours: true })
    expect(out).toContain('\u001B[31m- "manual"\u001B[39m')
  })

  it('lists as many leaves as a reader takes in', async () => {
    appendFileSync(
      join(dir, `${SHIPMENT}.test.yaml`),
      '\n  - { name: much, file: cases/fulfillment-packages.json, expect: {} }\n',
    )
    const { out } = await cli.hub(`mappings test ${SHIPMENT} --dir ${dir}`)
    expect(out).toMatch(/… and \d+ leaves more: --json has them/)
  })

  it('places what is wrong with the file of the cases', async () => {
    writeFileSync(join(dir, `${SHIPMENT}.test.yaml`), 'cases:\n  - { name: a')
    const { code, out } = await cli.hub(`mappings test ${SHIPMENT} --dir ${dir}`)
    expect(code).toBe(1)
    expect(out).toMatch(/shipment\.test\.yaml:\d+:\d+\n {4}\d+:\d+ The cases cannot be run: /)
  })
})

describe('hub mappings test --watch', () => {
  let controller = new AbortController()

  /** Also where a test failed before it interrupted. */
  afterEach(() => controller.abort())

  /** A call that watches, and what it prints: `seen` waits for a text beyond what was seen before. */
  function watching(line: string) {
    controller = new AbortController()
    let unseen = ''
    let look = (): void => undefined
    const onOut = (text: string): void => {
      unseen += text
      look()
    }
    const ended = cli.hub(line, { interrupted: controller.signal, onOut })
    const seen = (pattern: RegExp): Promise<string> =>
      new Promise(resolve => {
        look = () => {
          const found = pattern.exec(unseen)
          if (!found) return
          const text = unseen.slice(0, found.index + found[0].length)
          unseen = unseen.slice(text.length)
          resolve(text)
        }
        look()
      })
    const interrupt = () => {
      controller.abort()
      return ended
    }
    return { seen, interrupt }
  }

  it('runs again what changed, also where an editor replaces files, until it is interrupted', async () => {
    const { seen, interrupt } = watching(`mappings test --watch --dir ${dir}`)
    const all = await seen(/Ctrl-C ends\./)
    expect(all).toContain('✓ storefronts/shopify/order')

    replace(`${SHIPMENT}.map.yaml`, SERVICE, BY_SEA)
    const broken = await seen(/\d failed\. \(\d+ ms\)/)
    expect(broken).toMatch(/\d\d:\d\d:\d\d {2}storefronts\/shopify\/shipment\.map\.yaml .*changed\n/)
    expect(broken).toContain('+ "by sea"')
    expect(broken).not.toContain('storefronts/shopify/order ')

    replace(`${SHIPMENT}.map.yaml`, BY_SEA, SERVICE)
    expect(await seen(/ 0 failed\./)).toContain('✓ storefronts/shopify/shipment')

    replace('storefronts/shopify/cases/order-jpy.json', '"JPY"', '"EUR"')
    expect(await seen(/\d failed\./)).toContain('✗ storefronts/shopify/order ')

    expect(await interrupt()).toMatchObject({ code: 0, err: '' })
  }, 60_000)

  it('shows what does not compile, and goes on when it does', async () => {
    const { seen, interrupt } = watching(`mappings test ${SHIPMENT} --watch --dir ${dir}`)
    await seen(/Ctrl-C ends\./)
    replace(`${SHIPMENT}.map.yaml`, 'quantity: quantity', 'quantity: $nothing(quantity)')
    await seen(/error FUNCTION_UNKNOWN/)
    replace(`${SHIPMENT}.map.yaml`, 'quantity: $nothing(quantity)', 'quantity: quantity')
    await seen(/✓ storefronts\/shopify\/shipment/)
    expect((await interrupt()).code).toBe(0)
  }, 60_000)

  it('sees mappings in new folders', async () => {
    const { seen, interrupt } = watching(`mappings test --watch --dir ${dir}`)
    await seen(/Ctrl-C ends\./)
    mkdirSync(join(dir, 'storefronts/other'))
    cpSync(join(dir, `${SHIPMENT}.map.yaml`), join(dir, 'storefronts/other/shipment.map.yaml'))
    await seen(/other\/shipment.*\n(?:.*\n)*.*\(\d+ ms\)/)
    replace('storefronts/other/shipment.map.yaml', SERVICE, 'service: $nothing(service)')
    await seen(/other\/shipment\.map\.yaml:.* FUNCTION_UNKNOWN/)
    expect((await interrupt()).code).toBe(0)
  }, 60_000)

  it('refuses what it cannot do', async () => {
    expect((await cli.hub(`mappings test --watch --json --dir ${dir}`)).err).toMatch(/^INPUT_INVALID/)
    expect((await cli.hub(`mappings test nothing --watch --dir ${dir}`)).err).toMatch(/^NOT_FOUND/)
    expect((await cli.hub('mappings test --watch --dir nowhere')).err).toMatch(/“nowhere” is no folder/)
  })
})

describe('what a change concerns', () => {
  const named = (name: string, id = name, source: string | null = null): NamedMapping => ({
    ...{ name, cases: null, readCase: () => '' },
    plan: { id, source } as Plan,
  })
  const mappings = [
    named('a/x/order', 'a/x/order', 'a/x/order'),
    named('a/y/order'),
    named('acme.overlay.yaml', 'a/x/order'),
    named('b.overlay.yaml', 'a/x/order'),
  ]
  const reads = new Map([['a/y/order', new Set(['a/y/cases/one.json'])]])

  it.each([
    ['a mapping', 'a/x/order.map.yaml', ['a/x/order', 'acme.overlay.yaml', 'b.overlay.yaml']],
    ['its cases', 'a/y/order.test.yaml', ['a/y/order']],
    ['what they read', 'a/y/cases/one.json', ['a/y/order']],
    ['an overlay', 'acme.overlay.yaml', ['acme.overlay.yaml', 'b.overlay.yaml']],
    ['its cases', 'acme.overlay.test.yaml', ['acme.overlay.yaml']],
    ['a source schema', 'a/x/common.source.schema.json', ['a/x/order']],
    ['a canonical schema', 'canonical/common.schema.json', mappings.map(({ name }) => name)],
    ['another file', 'a/x/README.md', []],
  ])('%s: %s', (_what, path, names) => {
    expect(concerned(mappings, new Set([path]), reads).map(({ name }) => name)).toEqual(names)
  })
})

describe('expected and got, one below the other', () => {
  const lines = (expected: unknown, actual: unknown, width = 60) =>
    diffLines({ expected, actual }, { width, paint: paintFor({}) })

  it('are JSON, and nothing where there is none', () => {
    expect(lines({ a: 1 }, undefined)).toEqual(['- {"a":1}', '+ nothing'])
    expect(lines('1', 1)).toEqual(['- "1"', '+ 1'])
  })

  it('show of long values where they begin to differ', () => {
    const [minus, plus] = lines(`${'x'.repeat(200)}a`, `${'x'.repeat(200)}b`)
    expect(minus).toMatch(/^- …x+a"$/)
    expect(plus).toMatch(/^\+ …x+b"$/)
    expect(Math.max(minus.length, plus.length)).toBeLessThanOrEqual(60)
  })

  it('are cut where the terminal ends', () => {
    const [minus] = lines('a'.repeat(200), 'b')
    expect(minus).toHaveLength(60)
    expect(minus).toMatch(/…$/)
  })
})
