import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { loadAllSchemas, loadMappings, loadSchemas, readSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'

const incoming = (connector: string, topics: string) =>
  `version: 1\nconnector: ${connector}\ntopics: [${topics}]\ntarget: order\nidentity: id\ndocument: { number: no }\n`

const FILES: Record<string, string> = {
  'canonical/order.schema.json': '{"type": "object", "properties": {"number": {"type": "string"}}}',
  'storefronts/a/order.map.yaml': incoming('a', 'create, update'),
  'storefronts/a/other.map.yaml': incoming('a', 'update'),
  'storefronts/b/order.map.yaml': incoming('b', 'create'),
  'storefronts/b/broken.map.yaml': incoming('b', 'delete').replace('number: no', 'nmber: no'),
  'erp/c/order.map.yaml': 'version: 1\nconnector: c\nfrom: order\ndocument: { ref: number }\n',
  'storefronts/a/order.test.yaml': 'cases: []',
}

describe('a mappings folder', () => {
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mappings-'))
    for (const [path, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
  })

  afterAll(() => rm(folder, { recursive: true }))

  it('gives every plan by topic or, going out, by id, and all problems at once', async () => {
    const loaded = await loadMappings(folder, createMapper({ schemas: await loadSchemas(folder) }))
    expect(loaded.plans.map(plan => plan.id)).toEqual([
      'erp/c/order',
      'storefronts/a/order',
      'storefronts/a/other',
      'storefronts/b/order',
    ])
    expect([...loaded.byTopic].map(([topic, plan]) => `${topic} → ${plan.id}`)).toEqual([
      'a create → storefronts/a/order',
      'a update → storefronts/a/order',
      'b create → storefronts/b/order',
    ])
    expect([...loaded.outgoing.keys()]).toEqual(['erp/c/order'])
    expect(loaded.problems.map(({ code, file }) => `${code} ${file}`)).toEqual([
      'TOPIC_TAKEN storefronts/a/other.map.yaml',
      'TARGET_UNKNOWN storefronts/b/broken.map.yaml',
    ])
  })
})

describe('the schemas of a mappings folder', () => {
  let folder = ''

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'schemas-'))
  })

  afterEach(() => rm(folder, { recursive: true }))

  const write = async (files: Record<string, string>) => {
    for (const [path, text] of Object.entries({ 'canonical/order.schema.json': '{}', ...files })) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
  }

  it('are the canonical ones by name and the source ones by path', async () => {
    await write({ 'pos/a/order.source.schema.json': '{"type": "object"}', 'mapping.schema.json': '{"a": 1}' })
    const { schemas, sources, problems } = await readSchemas(folder)
    expect({ schemas, sources, problems }).toEqual({
      schemas: { order: {} },
      sources: { 'pos/a/order': { type: 'object' } },
      problems: [],
    })
  })

  it.each([
    ['text that is no JSON', '{\n  "a": 1,\n  "b" 2\n}', '3:7 The schema is not JSON.'],
    ['a text that ends too soon', '{\n  "a": [', '2:9 The schema is not JSON.'],
    ['what is no object', '[]', '1:1 A schema must be an object.'],
    [
      'a reference to no file',
      '{"$ref": "commn.source.schema.json#/$defs/a"}',
      '1:10 There is no schema `commn.source.schema.json#/$defs/a`.',
    ],
    ['a reference to no part', '{\n"$ref": "#/$defs/a"}', '2:9 There is no schema `#/$defs/a`.'],
  ])('are reported with their place: %s', async (_name, text, expected) => {
    await write({ 'pos/a/order.source.schema.json': text })
    const { problems } = await readSchemas(folder)
    expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([expected])
    expect(problems[0]).toMatchObject({ code: 'SCHEMA_BROKEN', file: 'pos/a/order.source.schema.json' })
    await expect(loadAllSchemas(folder)).rejects.toMatchObject({ code: 'MAPPINGS_BROKEN' })
  })

  it('refer to each other inside their folder', async () => {
    await write({
      'pos/a/common.source.schema.json': '{"$defs": {"line": {"type": "object"}}}',
      'pos/a/order.source.schema.json': '{"items": {"$ref": "common.source.schema.json#/$defs/line"}}',
    })
    expect((await readSchemas(folder)).problems).toEqual([])
  })
})

describe('the shipped mappings', () => {
  it('compile without a problem', async () => {
    const { schemas, sources } = await loadAllSchemas('mappings')
    const { plans, problems } = await loadMappings('mappings', createMapper({ schemas, sources }))
    expect(problems).toEqual([])
    for (const plan of plans) expect(plan.interpreted).toEqual([])
  })
})
