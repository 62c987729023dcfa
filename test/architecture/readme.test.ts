import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { loadConfig } from '#config/load.ts'
import { readSchemas } from '#core/mapping/load-schemas.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { COMMANDS } from '#workers/cli/register.ts'
import { manifests } from '#workers/compose/base.ts'

const README = readFileSync('README.md', 'utf8')
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }

const matches = (pattern: RegExp): string[] => [...README.matchAll(pattern)].map(match => match[1]!)

describe('the README', () => {
  it('shows a configuration that loads', () => {
    const [yaml] = matches(/```yaml\n([\s\S]*?)```/g)
    const config = loadConfig({
      env: { HUB_CONFIG: 'hub.yaml', ACME_SHOPIFY_SECRET: 'secret' },
      readFile: () => yaml ?? '',
      manifests,
    })
    expect(config.connections.map(({ id }) => id)).toEqual(['acme-shopify', 'acme-erp'])
    expect(config.flows).toHaveLength(1)
  })

  it('shows rules of stock and holds that load over that configuration', () => {
    const [first = '', ...others] = matches(/```yaml\n([\s\S]*?)```/g)
    const rules = parse(others.find(yaml => yaml.includes('holds:')) ?? '') as Record<string, unknown>
    const base = parse(first) as { connections: { id: string }[] }
    const ebay = { id: 'acme-ebay', tenant: 'acme', connector: 'ebay', settings: {} }
    const merged = { ...base, ...rules, connections: [...base.connections, ebay] }
    const config = loadConfig({
      env: { HUB_CONFIG: 'hub.yaml', ACME_SHOPIFY_SECRET: 'secret' },
      readFile: () => stringify(merged),
      manifests,
    })
    expect(config.stock).toMatchObject([{ tenant: 'acme', splitBelow: 20 }])
    expect(config.holds).toMatchObject([{ id: 'unpaid', owner: 'finance', hours: 48 }])
  })

  it('shows an overlay that fits the shipped mapping', async () => {
    const text = matches(/```yaml\n([\s\S]*?)```/g).find(yaml => yaml.includes('extends:')) ?? ''
    const { schemas, sources } = await readSchemas('mappings')
    const path = 'storefronts/shopify/order.map.yaml'
    const mapping = { path, text: readFileSync(join('mappings', path), 'utf8') }
    const overlay = { path: 'acme.overlay.yaml', text }
    expect(createMapper({ schemas, sources }).compile(mapping, [overlay])).toMatchObject({
      plan: { overlays: ['acme.overlay.yaml@1'] },
      problems: [],
    })
  })

  it('names scripts that exist', () => {
    const named = matches(/npm run (?:-s )?([a-z]+)/g)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter(name => !(name in scripts))).toEqual([])
  })

  it('names commands of the register', () => {
    const known = COMMANDS.map(({ usage }) => usage.replace(/ [<[].*$/, ''))
    const named = matches(/npm run -s hub -- ([a-z-]+(?: [a-z-]+)?)/g)
    expect(named.length).toBeGreaterThan(3)
    expect(
      named.filter(name => !known.some(command => command === name || command === name.split(' ')[0])),
    ).toEqual([])
  })

  it('links to files that are there', () => {
    const links = matches(/\]\(((?!https?:)[^)#]+)\)/g)
    expect(links.length).toBeGreaterThan(8)
    expect(links.filter(link => !existsSync(join(dirname('README.md'), link)))).toEqual([])
  })
})
