import type { CompileResult, Plan, Problem } from '../../contracts/mapper.ts'
import { HubError } from '../../errors/hub-error.ts'
import type { KnownLayer } from './layer-stack.ts'

/** The layers of one mapping as they hold for somebody, at least one, compiled. */
export interface Stack {
  readonly layers: readonly KnownLayer[]
  readonly result: CompileResult
}

/** Incoming mappings of one connector by topic. */
export interface Topics {
  /** For each topic a plan, or the error that keeps its messages. */
  readonly plans: ReadonlyMap<string, Plan | HubError>
  readonly problems: readonly Problem[]
}

/** A stack that does not compile keeps the topics that it names, so that no message passes it by. */
export function topicsOf(stacks: readonly Stack[]): Topics {
  const plans = new Map<string, Plan | HubError>()
  const problems: Problem[] = []
  const taken = new Map<string, string>()
  for (const { layers, result } of stacks) {
    const base = layers[0]!
    for (const topic of base.header.outgoing ? [] : base.header.topics) {
      const other = taken.get(topic.name)
      const clash = other === undefined ? [] : [topicTaken(base, topic, other)]
      problems.push(...clash)
      taken.set(topic.name, base.mapping)
      plans.set(topic.name, clash.length > 0 ? broken(base.mapping, clash) : planOf(base.mapping, result))
    }
  }
  return { plans, problems }
}

/** The plan, or why there is none. */
export const planOf = (mapping: string, { plan, problems }: CompileResult): Plan | HubError =>
  plan ?? broken(mapping, problems)

function broken(mapping: string, problems: readonly Problem[]): HubError {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const { file, line, column, message } = errors[0]!
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return new HubError('MAPPING_BROKEN', {
    detail: `${file}:${line}:${column} ${message}${more}`,
    fingerprint: mapping,
  })
}

export const topicTaken = (
  base: KnownLayer,
  { name, place }: KnownLayer['header']['topics'][number],
  other: string,
): Problem => ({
  code: 'TOPIC_TAKEN',
  severity: 'error',
  file: fileNameOf(base),
  ...place,
  message: `Topic \`${name}\` of ${base.header.connector} is mapped by ${other} too.`,
})

/** As in the problems of the compiler. */
export const fileNameOf = ({ file: { path, published } }: KnownLayer): string =>
  published ? `${path} (${published})` : path
