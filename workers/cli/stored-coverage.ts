import { HubError } from '#core/errors/hub-error.ts'
import { readCoverage, type StoredCoverage } from '#core/sync/read-coverage.ts'
import { composeMappings } from '../compose/mappings.ts'
import type { Call } from './command.ts'
import { ENDING, mayName, planNamed } from './mapping-folder.ts'

/** Which fields of the newest stored messages a mapping reads, as it holds for each connection with what was published. */
export async function storedCoverage({
  args: [name = ''],
  options,
  hub,
}: Call): Promise<StoredCoverage & { mapping: string }> {
  const base = await hub.base()
  const dir = String(options['dir'])
  const { catalogue } = await composeMappings(base, dir)
  const connection = options['connection'] as string | undefined
  if (connection !== undefined && !(await base.directory.get(connection)))
    throw new HubError('NOT_FOUND', { detail: `Connection “${connection}”.` })
  const named = catalogue.ids().filter(id => mayName(dir, name, id + ENDING))
  const plans = named.flatMap(id => catalogue.compiled(id)?.plan ?? [])
  const plan = planNamed({ dir, plans, problems: [] }, name)
  const coverage = await readCoverage(
    { ...base, catalogue },
    {
      plan,
      last: Number(options['last']),
      connection,
      signal: new AbortController().signal,
    },
  )
  return { mapping: plan.id, ...coverage }
}
