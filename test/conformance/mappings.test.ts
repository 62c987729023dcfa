import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { SETTINGS_SCHEMAS } from '#connectors/registry.ts'
import type { Mapper, Plan, Problem } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator, type Validator } from '#core/documents/validate.ts'
import { runCases } from '#core/mapping/cases.ts'
import { loadMappings, readSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const files = readdirSync(MAPPINGS, { recursive: true, encoding: 'utf8' })
const ids = files
  .filter(file => file.endsWith('.map.yaml'))
  .map(file => file.replace('.map.yaml', ''))
  .sort()

const read = (path: string): string => readFileSync(join(MAPPINGS, path), 'utf8')

describe('the shipped mappings', () => {
  let mapper: Mapper
  let validator: Validator
  let problems: Problem[]
  const planOf = new Map<string, Plan>()

  beforeAll(async () => {
    const { schemas, sources, problems: broken } = await readSchemas(MAPPINGS)
    mapper = createMapper({ schemas, sources, settings: SETTINGS_SCHEMAS })
    validator = createValidator(schemas)
    const loaded = await loadMappings(MAPPINGS, mapper)
    problems = [...broken, ...loaded.problems]
    for (const plan of loaded.plans) planOf.set(plan.id, plan)
  })

  it('are found', () => {
    expect(ids.length).toBeGreaterThan(0)
    expect([...planOf.keys()].sort()).toEqual(ids)
  })

  it('compile without a problem', () => {
    expect(problems.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([])
  })

  it('have no cases without a mapping', () => {
    const cases = files
      .filter(file => file.endsWith('.test.yaml'))
      .map(file => file.replace('.test.yaml', ''))
    expect(cases.filter(id => !ids.includes(id))).toEqual([])
  })

  describe.each(ids)('%s', id => {
    const path = `${id}.test.yaml`

    it('has cases that pass', () => {
      expect(existsSync(join(MAPPINGS, path))).toBe(true)
      const results = runCases(mapper, planOf.get(id)!, { path, text: read(path) }, read)
      expect(
        results.flatMap(({ name, differences }) => differences.map(difference => `${name}: ${difference}`)),
      ).toEqual([])
    })

    it('makes documents that fit their schema and balance', () => {
      const plan = planOf.get(id)!
      if (plan.target === null) return
      const seen: string[] = []
      runCases(inspecting(mapper, plan.target, seen), plan, { path, text: read(path) }, read)
      expect(seen).toEqual([])
    })
  })

  /** The mapper that notes what is wrong with every document it makes. */
  function inspecting(inner: Mapper, target: string, seen: string[]): Mapper {
    return {
      compile: file => inner.compile(file),
      run(plan, input, context) {
        const result = inner.run(plan, input, context)
        if (result.ok) {
          const misfits = validator.validate(target, result.output.body)
          const wrong = misfits.length > 0 ? misfits : checkInvariants(target, result.output.body)
          seen.push(...wrong.map(({ message }) => `${result.output.externalId}: ${message}`))
        }
        return result
      },
    }
  }
})
