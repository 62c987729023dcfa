import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { CHECK_GROUPS } from '#connectors/sdk/testkit/checks/checks.ts'
import { runCheck, skipReason } from '#connectors/sdk/testkit/run-checks.ts'
import type { ConnectorKind } from '#core/contracts/connector.ts'
import { fixturesDir } from '#test/support/fixtures.ts'
import { findConformances } from '#workers/cli/kit/find-conformances.ts'
import { openKitTools } from '#workers/cli/kit/open-kit-tools.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

/** Every check of the kit on every connector of these kinds; a file each, because files run side by side. */
export async function connectorsSuite(isOurs: (kind: ConnectorKind | undefined) => boolean): Promise<void> {
  const all = await findConformances()
  const found = all.filter(({ conformance }) => isOurs(conformance?.connector.manifest.kind))
  const tools = await openKitTools({ dir: MAPPINGS, fixtures: fixturesDir(), now: Date.now() })

  it.each(found)('$id has a conformance that loads', ({ problem }) => expect(problem).toBeUndefined())

  describe.each(found.flatMap(({ id, conformance }) => (conformance ? [{ id, conformance }] : [])))(
    '$id',
    ({ conformance }) => {
      describe.each(CHECK_GROUPS)('$name', ({ checks }) => {
        for (const check of checks) {
          const reason = skipReason(check, conformance, tools)
          if (reason === null) it(check.name, () => runCheck(check, conformance, tools), 30_000)
          else it.skip(`${check.name}: ${reason}`, () => undefined)
        }
      })
    },
  )
}
