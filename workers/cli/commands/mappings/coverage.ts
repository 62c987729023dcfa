import { readFile } from 'node:fs/promises'
import type { Coverage } from '#core/mapping/traffic/coverage.ts'
import type { Call, Run } from '../../command.ts'
import { recordsOf } from '../../map-payload.ts'
import { openMappings, planNamed } from '../../mapping-folder.ts'
import { storedCoverage } from '../../stored-coverage.ts'
import { coverageText } from '../../text/coverage-text.ts'

export const coverage: Run = async call => {
  const { args, options, world } = call
  const all = options['all'] === true
  if (args.length > 1) {
    const found = await coverageOfFiles(call)
    return { json: found, text: coverageText(found, { of: found.records, what: 'record', all }, world.width) }
  }
  const found = await storedCoverage(call)
  const { messages: of, leftOut } = found
  return { json: found, text: coverageText(found, { of, what: 'message', all, leftOut }, world.width) }
}

async function coverageOfFiles({
  args: [name = '', ...files],
  options,
}: Call): Promise<Coverage & { mapping: string }> {
  const folder = await openMappings(options, { named: name })
  const plan = planNamed(folder, name)
  const topic = (options['topic'] as string | undefined) ?? plan.topics[0] ?? ''
  const records: unknown[] = []
  for (const file of files) records.push(...(await recordsOf(plan, { topic, body: await readFile(file) })))
  return { mapping: plan.id, ...folder.mapper.coverage(plan, records) }
}
