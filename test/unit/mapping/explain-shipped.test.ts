import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Plan, RunContext, RunResult } from '#core/contracts/mapper.ts'
import { runCases } from '#core/mapping/cases.ts'
import { loadMappings, readSchemas } from '#core/mapping/load.ts'
import { createMapper, type DescribingMapper } from '#core/mapping/mapper.ts'
import { fixturesDir } from '#test/support/fixtures.ts'

const MAPPINGS = fileURLToPath(new URL('../../../mappings', import.meta.url))
const read = (path: string): string => readFileSync(join(MAPPINGS, path), 'utf8')

const fixtures = fixturesDir() === null ? null : join(fixturesDir()!, 'shopify')
if (fixtures === null)
  console.warn('Skipped: the folder of real partner payloads is not there (HUB_FIXTURES).')

/** Pointers of all single values, and of what is empty. */
function pointersOf(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer]
  return Object.entries(value).flatMap(([key, member]) =>
    pointersOf(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}

function at(value: unknown, pointer: string): unknown {
  const names = pointer.split('/').slice(1)
  return names.reduce<unknown>(
    (found, name) => (found as Record<string, unknown>)[name.replaceAll('~1', '/').replaceAll('~0', '~')],
    value,
  )
}

describe('explaining with the shipped mappings', () => {
  let mapper: DescribingMapper
  let plans: Plan[]

  beforeAll(async () => {
    const { schemas, sources } = await readSchemas(MAPPINGS)
    mapper = createMapper({ schemas, sources })
    plans = (await loadMappings(MAPPINGS, mapper)).plans
  })

  it('gives every case the result of a run, and every value one rule and fields that are there', () => {
    let seen = 0
    for (const plan of plans) {
      const path = `${plan.id}.test.yaml`
      const checking = {
        compile: mapper.compile,
        run: (_plan: Plan, input: unknown, context?: RunContext) => {
          seen++
          return checked(plan, input, context)
        },
      }
      if (existsSync(join(MAPPINGS, path))) runCases(checking, plan, { path, text: read(path) }, read)
    }
    expect(seen).toBeGreaterThan(0)
  })

  const suite = fixtures === null ? it.skip : it
  suite('holds for real payloads, also for those that a mapping is not made for', () => {
    const files = readdirSync(fixtures!).filter(file => /(?<!\.headers)\.json$/.test(file))
    for (const file of files) {
      const payload = JSON.parse(readFileSync(join(fixtures!, file), 'utf8')) as unknown
      for (const plan of plans.filter(({ connector }) => connector === 'shopify'))
        for (const record of [payload].flat()) checked(plan, record)
    }
    expect(files.length).toBeGreaterThan(0)
  })

  function checked(plan: Plan, input: unknown, context?: RunContext): RunResult {
    const { result, leaves } = mapper.explain(plan, input, context)
    expect(result).toStrictEqual(mapper.run(plan, input, context))
    for (const { pointer, sources } of leaves)
      for (const source of sources) expect([pointer, source, at(input, source)]).not.toContain(undefined)
    if (!result.ok) return result
    const { body } = result.output
    const made = leaves.filter(({ pointer, value }) => pointer.startsWith('/') && value !== undefined)
    for (const { pointer, value } of made) expect([pointer, value]).toEqual([pointer, at(body, pointer)])
    expect(made.flatMap(({ pointer, value }) => pointersOf(value, pointer)).sort()).toEqual(
      pointersOf(body).sort(),
    )
    return result
  }
})
