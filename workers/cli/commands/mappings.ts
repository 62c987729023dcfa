import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HubError } from '#core/errors/hub-error.ts'
import { runCases } from '#core/mapping/cases.ts'
import type { Answer, Run } from '../command.ts'
import { mapPayload } from '../map-payload.ts'
import { type MappingFolder, openMappings, planNamed, readBeside } from '../mapping-folder.ts'
import { blocks, plural } from '../text/facts.ts'
import { problemAnnotation, problemLine } from '../text/problems-text.ts'
import { table } from '../text/table.ts'

export const lint: Run = async ({ options }) => {
  const { dir, plans, problems } = await openMappings(options)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const interpreted = plans.flatMap(({ id, interpreted }) =>
    interpreted.map(leaf => ({ mapping: id, ...leaf })),
  )
  const json = { mappings: plans.length, errors, warnings: problems.length - errors, problems, interpreted }
  const failed = errors > 0
  const format = options['format']
  if (format === 'json') return { json, text: JSON.stringify(json), failed }
  if (format === 'github')
    return { json, text: problems.map(one => problemAnnotation(dir, one)).join('\n'), failed }
  const counts = [
    plural(plans.length, 'mapping'),
    plural(errors, 'error'),
    plural(json.warnings, 'warning'),
    `${plural(interpreted.length, 'leaf', 'leaves')} not lowered`,
  ]
  return {
    json,
    text: blocks(
      problems.map(one => problemLine(dir, one)).join('\n'),
      interpreted
        .map(({ mapping, path, reason }) => `${mapping} ${path} stays interpreted: ${reason}`)
        .join('\n'),
      `${counts.join(', ')}.`,
    ),
    failed,
  }
}

export const test: Run = async ({ args, options }) => {
  const folder = await openMappings(options)
  const plans = args.length > 0 ? args.map(name => planNamed(folder, name)) : folder.plans
  const items = plans.map(plan => {
    const path = `${plan.id}.test.yaml`
    const text = readBeside(folder, path)
    const read = (file: string) => readBesideOrThrow(folder, file)
    return {
      mapping: plan.id,
      cases: text === null ? null : runCases(folder.mapper, plan, { path, text }, read),
    }
  })
  const broken = folder.problems.filter(({ severity }) => severity === 'error')
  const all = items.flatMap(({ cases }) => cases ?? [])
  const failed = all.filter(({ ok }) => !ok).length
  return {
    json: { items, cases: all.length, failed, problems: broken },
    text: blocks(
      broken.map(one => problemLine(folder.dir, one)).join('\n'),
      items.map(testText).join('\n'),
      `${plural(all.length, 'case')}, ${failed} failed.`,
    ),
    failed: failed > 0 || broken.length > 0,
  }
}

function testText({
  mapping,
  cases,
}: {
  mapping: string
  cases: ReturnType<typeof runCases> | null
}): string {
  if (cases === null) return `– ${mapping} has no cases beside it`
  const bad = cases.filter(({ ok }) => !ok)
  if (bad.length === 0) return `✓ ${mapping}  ${plural(cases.length, 'case')}`
  const lines = bad.flatMap(({ name, differences }) => [
    `    ✗ ${name}`,
    ...differences.map(line => `        ${line}`),
  ])
  return [`✗ ${mapping}  ${bad.length} of ${plural(cases.length, 'case')} failed`, ...lines].join('\n')
}

function readBesideOrThrow(folder: MappingFolder, file: string): string {
  const text = readBeside(folder, file)
  if (text === null) throw new HubError('NOT_FOUND', { detail: `A case reads “${join(folder.dir, file)}”.` })
  return text
}

export const run: Run = async ({ args: [name = '', file = ''], options, world }): Promise<Answer> => {
  const folder = await openMappings(options)
  const plan = planNamed(folder, name)
  const body = file === '-' ? await world.readStdin() : await readFile(file)
  const topic = (options['topic'] as string | undefined) ?? plan.topics[0] ?? ''
  const records = await mapPayload(folder, plan, { topic, body })
  return {
    json: { mapping: plan.id, version: plan.version, topic, records },
    text: records
      .map(record =>
        'problems' in record
          ? record.problems.map(({ code, message }) => `✗ ${code} ${message}`).join('\n')
          : JSON.stringify(record, null, 2),
      )
      .join('\n'),
    failed: records.some(record => 'problems' in record),
  }
}

export const explain: Run = async ({ args: [name = '', pointer = ''], options, world }) => {
  const folder = await openMappings(options)
  const plan = planNamed(folder, name)
  const leaves = folder.mapper.describe(plan).filter(leaf => leaf.pointer.startsWith(pointer))
  if (leaves.length === 0)
    throw new HubError('NOT_FOUND', { detail: `${plan.id} fills nothing at “${pointer}”.` })
  return {
    json: { mapping: plan.id, version: plan.version, leaves },
    text: table(
      leaves,
      [
        { title: 'CANONICAL', of: leaf => leaf.pointer },
        { title: 'LINE', of: leaf => `${leaf.line}:${leaf.column}`, right: true },
        { title: 'EXPRESSION', of: leaf => leaf.expression },
        { title: 'READS', of: leaf => leaf.reads.join(' ') },
      ],
      world.width,
    ),
  }
}
