import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { CONNECTORS } from '#connectors/registry.ts'
import type { JsonSchema } from '#core/contracts/connector.ts'
import { runCases } from '#core/mapping/cases.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { OVERLAY_KEYS } from '#core/mapping/source/overlay.ts'
import { MAPPING_KEYS } from '#core/mapping/source/read-mapping.ts'
import { DIRECTIVES } from '#core/mapping/source/read-rule.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const KINDS = { map: 'mapping', overlay: 'overlay', test: 'cases' } as const

const schemaOf = (name: string): JsonSchema =>
  JSON.parse(readFileSync(join(MAPPINGS, `${name}.schema.json`), 'utf8'))

const validators = Object.fromEntries(
  Object.values(KINDS).map((name): [string, ValidateFunction] => [
    name,
    new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schemaOf(name)),
  ]),
)

/** What the schema says is wrong with a file, as `pointer message`. */
function wrongWith(kind: string, text: string): string[] {
  const validate = validators[kind]!
  validate(parse(text))
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

const files = readdirSync(MAPPINGS, { recursive: true, encoding: 'utf8' }).flatMap(file => {
  const kind = /\.(map|test|overlay)\.yaml$/.exec(file)?.[1] as keyof typeof KINDS | undefined
  return kind ? [{ file, kind: KINDS[kind] }] : []
})

describe('the schemas of mapping files', () => {
  it.each(files)('accept $file, which names its own', ({ file, kind }) => {
    const text = readFileSync(join(MAPPINGS, file), 'utf8')
    expect(wrongWith(kind, text)).toEqual([])
    const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? ''
    expect(resolve(MAPPINGS, dirname(file), named)).toBe(join(MAPPINGS, `${kind}.schema.json`))
    expect(existsSync(resolve(MAPPINGS, dirname(file), named))).toBe(true)
  })

  it('have the keys that the reader has', () => {
    const keys = (schema: JsonSchema) => Object.keys(schema['properties'] as object).sort()
    const definitions = schemaOf('mapping')['$defs'] as Record<string, JsonSchema>
    expect(keys(schemaOf('mapping'))).toEqual([...MAPPING_KEYS].sort())
    expect(keys(schemaOf('overlay'))).toEqual([...OVERLAY_KEYS].sort())
    expect(keys(definitions['map']!)).toEqual([...DIRECTIVES].sort())
  })

  it('know the connectors and the canonical documents', () => {
    const { connector, target } = schemaOf('mapping')['properties'] as Record<string, { enum: string[] }>
    expect(connector!.enum).toEqual(CONNECTORS.map(({ manifest }) => manifest.id))
    expect(target!.enum).toEqual(['inventory', 'order', 'product', 'return', 'settlement', 'shipment'])
  })
})

const HEAD = 'version: 1\nconnector: shopify\ntopics: [a]\ntarget: order\nidentity: id\n'

describe('what the schema refuses', () => {
  it('is not a file that is right', () => {
    expect(wrongWith('mapping', `${HEAD}document: {}`)).toEqual([])
  })

  it.each([
    ['an unknown key', `${HEAD}documnt: {}\ndocument: {}`],
    ['a missing key', HEAD],
    ['no version', `${HEAD.replace('version: 1', 'version: 0')}document: {}`],
    ['both directions', `${HEAD}from: order\ndocument: {}`],
    ['an unknown directive', `${HEAD}document: { tags: { $eech: a, $value: b } }`],
    ['$when without $each', `${HEAD}document: { customer: { $when: a, name: b } }`],
    ['$with beside $each', `${HEAD}document: { tags: { $each: a, $with: c, $value: b } }`],
    ['an empty rule', `${HEAD}document: { number: }`],
    ['an unknown resource', `${HEAD}dependsOn: [{ resource: ordr, externalId: a }]\ndocument: {}`],
    ['a reason that skips nothing', `${HEAD}skip: { expression: a, reason: UNEXPECTED }\ndocument: {}`],
    ['a table entry without a value', `${HEAD}tables: { t: { a: } }\ndocument: {}`],
    ['an empty list of whom it is for', `${HEAD}for: {}\ndocument: {}`],
  ])('is what the reader refuses: %s', (_name, text) => {
    expect(wrongWith('mapping', text)).not.toEqual([])
    const mapper = createMapper({ schemas: { order: { type: 'object', additionalProperties: true } } })
    expect(mapper.compile({ path: 'x.map.yaml', text }).plan).toBeNull()
  })

  it.each([
    ['an unknown key of a case', { name: 'a', input: {}, expct: {}, skipped: 'A' }],
    ['a case that expects nothing', { name: 'a', input: {} }],
  ])('is what the runner of cases refuses: %s', (_name, one) => {
    const text = JSON.stringify({ cases: [one] })
    expect(wrongWith('cases', text)).not.toEqual([])
    const mapper = createMapper({ schemas: { any: { type: 'object', additionalProperties: true } } })
    const mapping = 'version: 1\nconnector: a\ntopics: [a]\ntarget: any\nidentity: "1"\ndocument: { a: 1 }'
    const { plan } = mapper.compile({ path: 'x.map.yaml', text: mapping })
    expect(runCases(mapper, plan!, { path: 'x.test.yaml', text }, () => '{}')[0]!.ok).toBe(false)
  })

  it('of an overlay allows null, which takes away', () => {
    const overlay = (more: string) => `extends: storefronts/shopify/order\nversion: 2\n${more}`
    expect(wrongWith('overlay', overlay('document: { note: null, lines: { $when: null, a: b } }'))).toEqual(
      [],
    )
    expect(wrongWith('overlay', overlay('tables: { t: { a: null } }\nlet: { a: null }'))).toEqual([])
    expect(wrongWith('overlay', overlay('target: order'))).not.toEqual([])
  })
})
