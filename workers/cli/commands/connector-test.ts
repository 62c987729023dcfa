import { existsSync } from 'node:fs'
import type { Conformance } from '#connectors/sdk/testkit/conformance.ts'
import type { KitTools } from '#connectors/sdk/testkit/kit.ts'
import { type CheckResult, runChecks } from '#connectors/sdk/testkit/run-checks.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Run } from '../command.ts'
import { type Found, findConformances } from '../kit/find-conformances.ts'
import { openKitTools } from '../kit/open-kit-tools.ts'
import { blocks } from '../text/facts.ts'
import { type KitReport, kitSummary, kitText } from '../text/kit-text.ts'
import { paintFor } from '../text/paint.ts'
import type { World } from '../world.ts'

/** Runs the checks of one connector or of all. */
export const test: Run = async ({ args, options, world }) => {
  const wanted = chosen(await findConformances(), args[0], options['all'] === true)
  const tools = await openKitTools({
    dir: String(options['dir'] ?? 'mappings'),
    fixtures: folderOf(options['fixtures']),
    now: world.now(),
  })
  const reports: KitReport[] = []
  for (const one of wanted) reports.push(await reportOf(one, tools, world))
  world.progress?.('')
  const paint = paintFor(world)
  return {
    json: { items: reports, next: null, total: reports.length },
    text: blocks(
      ...reports.map(report => kitText(report, paint)),
      reports.length > 1 && kitSummary(reports, paint),
    ),
    failed: reports.some(({ failed, problem }) => failed > 0 || problem !== undefined),
  }
}

/** Null where it is not there: what needs it is skipped and says so. */
const folderOf = (given: unknown): string | null =>
  typeof given === 'string' && existsSync(given) ? given : null

function chosen(all: readonly Found[], id: string | undefined, every: boolean): readonly Found[] {
  if (every === (id !== undefined))
    throw new HubError('INPUT_INVALID', { detail: 'Name one connector, or all with --all.' })
  if (every) return all
  const found = all.filter(one => one.id === id)
  if (found.length > 0) return found
  throw new HubError('NOT_FOUND', {
    detail: `Connector “${id}”. There are ${all.map(one => one.id).join(', ')}.`,
  })
}

async function reportOf(
  { id, conformance, problem }: Found,
  tools: KitTools,
  world: World,
): Promise<KitReport> {
  const results = conformance ? await resultsOf(id, conformance, { tools, world }) : []
  const count = (outcome: CheckResult['outcome']) =>
    results.filter(result => result.outcome === outcome).length
  return {
    connector: id,
    ...(problem === undefined ? {} : { problem }),
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    results,
  }
}

async function resultsOf(
  id: string,
  conformance: Conformance,
  { tools, world }: { tools: KitTools; world: World },
): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for await (const result of runChecks(conformance, tools)) {
    results.push(result)
    world.progress?.(`${id}: ${results.length} checks, ${result.group}: ${result.name}`)
  }
  return results
}
