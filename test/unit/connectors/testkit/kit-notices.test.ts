import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { CHECK_GROUPS } from '#connectors/sdk/testkit/checks/checks.ts'
import type { KitTools } from '#connectors/sdk/testkit/kit.ts'
import { runCheck, skipReason } from '#connectors/sdk/testkit/run-checks.ts'
import { openKitTools } from '#workers/cli/kit/open-kit-tools.ts'
import type { Broken } from './broken/broken.ts'
import { BROKEN_CALLS } from './broken/broken-calls.ts'
import { BROKEN_POLLS } from './broken/broken-polls.ts'
import { BROKEN_WEBHOOKS } from './broken/broken-webhooks.ts'

const MAPPINGS = fileURLToPath(new URL('../../../../mappings', import.meta.url))

const BROKEN: readonly Broken[] = [...BROKEN_WEBHOOKS, ...BROKEN_POLLS, ...BROKEN_CALLS]

describe('the kit notices', () => {
  let tools: KitTools

  beforeAll(async () => {
    tools = await openKitTools({ dir: MAPPINGS, fixtures: null, now: Date.now() })
  })

  it.each(BROKEN.flatMap(one => one.checks.map(name => ({ ...one, name }))))(
    '$what: $name',
    async ({ conformance, tools: breaking, name }) => {
      const broken = breaking ? breaking(tools) : tools
      const check = CHECK_GROUPS.flatMap(({ checks }) => checks).find(one => one.name === name)
      expect(check).toBeDefined()
      expect(skipReason(check!, conformance, broken)).toBeNull()
      await expect(runCheck(check!, conformance, broken)).rejects.toThrow()
    },
    30_000,
  )

  it('a fault in every check', () => {
    const seen = new Set(BROKEN.flatMap(({ checks }) => checks))
    const all = CHECK_GROUPS.flatMap(({ checks }) => checks.map(({ name }) => name))
    expect(all.filter(name => !seen.has(name))).toEqual([])
  })
})
