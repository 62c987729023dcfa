import type { Run } from '../../command.ts'
import { openMappings } from '../../mapping-folder.ts'
import { blocks, plural } from '../../text/facts.ts'
import { problemAnnotation, problemLine } from '../../text/problems-text.ts'

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
