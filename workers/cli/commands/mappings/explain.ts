import { existsSync } from 'node:fs'
import type { RunContext } from '#core/contracts/mapper.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { caseNamed } from '#core/mapping/cases/case-named.ts'
import type { Answer, Call, Run } from '../../command.ts'
import { contextOf, createJudge, decodePayload } from '../../map-payload.ts'
import { type MappingFolder, openMappings } from '../../mapping-folder.ts'
import { mappingNamed, type NamedMapping } from '../../mapping-named.ts'
import { readPayload } from '../../read-payload.ts'
import { explainedText } from '../../text/explained-text.ts'
import { lineageText } from '../../text/lineage-text.ts'

export const explain: Run = async call => {
  const { args, options } = call
  const [name = '', second] = args
  const folder = await openMappings(options, { named: name })
  const mapping = mappingNamed(folder, name)
  // An absolute path begins like a pointer.
  const isPointer = second?.startsWith('/') && !existsSync(second)
  const pointer = (options['pointer'] as string | undefined) ?? (isPointer ? second : undefined) ?? ''
  const file = isPointer ? undefined : second
  const given = await givenRecords(call, mapping, file)
  return given
    ? explainRecords(call, { folder, mapping, pointer, given })
    : describe(call, { folder, mapping, pointer })
}

interface Asked {
  folder: MappingFolder
  mapping: NamedMapping
  pointer: string
}

interface Given {
  records: readonly unknown[]
  context: RunContext
}

/** Of a case or of a payload; null where the rules themselves are asked for. */
async function givenRecords(
  call: Pick<Call, 'options' | 'world'>,
  { name, plan, cases, readCase }: NamedMapping,
  file: string | undefined,
): Promise<Given | null> {
  const wanted = call.options['case'] as string | undefined
  if (wanted !== undefined) {
    if (!cases) throw new HubError('NOT_FOUND', { detail: `${name} has no cases beside it.` })
    const { record, context } = caseNamed(cases, wanted, readCase)
    return { records: [record], context }
  }
  if (file === undefined) return null
  const payload = await readPayload(call, plan, file)
  const { topic, records } = await decodePayload(plan, payload)
  return { records, context: contextOf({ ...payload, topic }) }
}

function explainRecords(
  { world }: Pick<Call, 'world'>,
  { folder, mapping: { name, plan }, pointer, given }: Asked & { given: Given },
): Answer {
  const judge = createJudge(folder, plan)
  const records = given.records.map(record => {
    const { result, leaves } = folder.mapper.explain(plan, record, given.context)
    return { result: judge(result), leaves: leaves.filter(leaf => isWithin(leaf.pointer, pointer)) }
  })
  const texts = records.map(record => explainedText(record, { folder, plan, width: world.width }))
  return {
    json: { mapping: name, version: plan.version, records },
    text: texts.join('\n\n'),
    failed: records.some(({ result }) => 'problems' in result),
  }
}

function describe(
  { world }: Pick<Call, 'world'>,
  { folder, mapping: { name, plan }, pointer }: Asked,
): Answer {
  const leaves = folder.mapper.describe(plan).filter(leaf => isWithin(leaf.pointer, pointer))
  if (leaves.length === 0)
    throw new HubError('NOT_FOUND', { detail: `${name} fills nothing at “${pointer}”.` })
  return {
    json: { mapping: name, version: plan.version, leaves },
    text: lineageText(leaves, world.width),
  }
}

const isWithin = (leaf: string, pointer: string): boolean =>
  leaf === pointer || leaf.startsWith(pointer.endsWith('/') || pointer === '' ? pointer : `${pointer}/`)
