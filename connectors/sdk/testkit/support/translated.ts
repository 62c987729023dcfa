import assert from 'node:assert/strict'
import type { Decoded, RawMessage } from '#core/contracts/connector.ts'
import type { MappedDocument, RunProblem } from '#core/contracts/mapper.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { parseJson } from '#core/kernel/parse-json.ts'
import type { Bench } from '../bench/bench.ts'
import type { Kit } from '../kit.ts'

/** What became of one record. */
export type Translated =
  | { outcome: 'document'; resource: string; document: MappedDocument }
  | { outcome: 'skipped'; reason: string }
  | { outcome: 'problems'; problems: readonly RunProblem[] }

/** The records of a message, as the translator would ask for them. */
export async function decoded(
  { connector }: Kit,
  bench: Bench,
  message: RawMessage,
  via = 'webhook',
): Promise<Decoded> {
  if (!connector.decode) return { records: [parseJson(message.body)] }
  return connector.decode({ ...message, via }, bench.context)
}

/** From bytes to documents, as the hub does it. */
export async function translated(
  kit: Kit,
  bench: Bench,
  message: RawMessage,
  via?: string,
): Promise<Translated[]> {
  const answer = await decoded(kit, bench, message, via)
  if ('skip' in answer) return [{ outcome: 'skipped', reason: answer.detail }]
  return answer.records.map(record =>
    mapped(kit, bench, { ...message, topic: answer.topic ?? message.topic }, record),
  )
}

/** One record through the mapping of its topic, then schema and invariants. */
export function mapped(
  { tools, manifest }: Kit,
  { connection }: Bench,
  message: RawMessage,
  record: unknown,
): Translated {
  const { topic, headers } = message
  const plan = tools.mappings.planFor(manifest.id, topic)
  assert.ok(plan?.target, `No mapping takes the topic ${topic}.`)
  const { id, tenant, settings } = connection
  const run = tools.mappings.run(plan, record, {
    bindings: { topic, headers, settings, connection: { id, tenant, settings } },
  })
  if (!run.ok && 'skipped' in run) return { outcome: 'skipped', reason: run.skipped }
  if (!run.ok) return { outcome: 'problems', problems: run.problems }
  const problems = tools.mappings.inspect(plan.target, run.output.body)
  return problems.length > 0
    ? { outcome: 'problems', problems }
    : { outcome: 'document', resource: plan.target, document: run.output }
}

/** What a message came to, where nothing but an answer or an error of the register is allowed. */
export async function survived(
  kit: Kit,
  bench: Bench,
  message: RawMessage,
  what: string,
): Promise<Translated[]> {
  try {
    return await translated(kit, bench, message)
  } catch (thrown) {
    assertDeclared(thrown, `${message.topic}, ${what}: decode.ts`)
    return []
  }
}

/** Only errors of the register, and none that says “unexpected”. */
export function assertDeclared(thrown: unknown, where: string): asserts thrown is HubError {
  assert.ok(
    thrown instanceof HubError,
    `${where} throws ${thrown instanceof Error ? `${thrown.name}: ${thrown.message.slice(0, 200)}` : String(thrown)}; throw a HubError of the register.`,
  )
  assert.ok(thrown.code !== 'UNEXPECTED', `${where} throws UNEXPECTED (${thrown.detail}); name what it is.`)
}

export const problemText = (problems: readonly RunProblem[]): string =>
  problems
    .slice(0, 5)
    .map(({ target, message }) => `${target || '/'}: ${message}`)
    .join('; ')
