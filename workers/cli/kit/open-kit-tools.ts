import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KitTools } from '#connectors/sdk/testkit/kit.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator } from '#core/documents/validate.ts'
import { openMappings } from '../mapping-folder.ts'
import { shippedMapping } from '../mapping-named.ts'
import { testMappings } from '../test-mappings.ts'

export interface KitToolsOf {
  /** Folder of the mappings. */
  dir: string
  /** Folder of real partner payloads, where it is there. */
  fixtures: string | null
  now: number
}

/** What the conformance kit needs of the hub: mappings, their cases and the published signature vectors. */
export async function openKitTools({ dir, fixtures, now }: KitToolsOf): Promise<KitTools> {
  const folder = await openMappings({ dir })
  const validator = createValidator(folder.schemas)
  return {
    now,
    vectors(file) {
      const path = join(fixtures ?? '', 'signatures', file.split('/').at(-1) ?? file)
      return fixtures !== null && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
    },
    mappings: {
      planFor: (connector, topic) => folder.byTopic.get(`${connector} ${topic}`) ?? null,
      run: (plan, record, context) => folder.mapper.run(plan, record, context),
      inspect(resource, body) {
        const misfits = validator.validate(resource, body)
        return misfits.length > 0 ? misfits : checkInvariants(resource, body)
      },
      problems: connector =>
        folder.problems
          .filter(({ severity, file }) => severity === 'error' && file.split('/').includes(connector))
          .map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`),
      cases(plan) {
        const { cases, items } = testMappings(folder, [shippedMapping(folder, plan)])
        if (items.every(item => item.cases === null)) return null
        const failed = items.flatMap(item => item.cases ?? []).filter(({ ok }) => !ok)
        return { count: cases, failed: failed.map(({ name }) => name) }
      },
    },
  }
}
