import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
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

describe('the shipped mappings', () => {
  it('compile without a problem', async () => {
    const { plans, problems } = await loadMappings(
      'mappings',
      createMapper({ schemas: await loadSchemas('mappings') }),
    )
    expect(problems).toEqual([])
    for (const plan of plans) expect(plan.interpreted).toEqual([])
  })
})
