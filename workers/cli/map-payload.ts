import { CONNECTORS } from '#connectors/registry.ts'
import type { ConnectorContext } from '#core/contracts/connector.ts'
import type { MappedDocument, Plan, RunContext, RunProblem, RunResult } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator } from '#core/documents/validate.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { parseJson } from '#core/kernel/parse-json.ts'
import { ruleOf } from '#core/mapping/rule-of.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'
import type { MappingFolder } from './mapping-folder.ts'

/** What a partner sent, as it sent it. */
export interface Payload {
  topic: string
  body: Buffer
  /** Of the connection. */
  settings?: Record<string, unknown>
}

/** What became of one record of a payload. */
export type Mapped = MappedDocument | { skipped: string } | { problems: RunProblem[] }

/** What a mapping is given beside the record, where there is no connection. */
export const contextOf = ({ topic, settings = {} }: Omit<Payload, 'body'>): RunContext => ({
  bindings: { topic, headers: {}, connection: { id: 'cli', tenant: 'cli', settings }, settings },
})

/** Judges what a mapping made as the translator does: by schema and invariants. */
export function createJudge({ mapper, schemas }: MappingFolder, plan: Plan): (result: RunResult) => Mapped {
  const validator = createValidator(schemas)
  const placed = (problem: RunProblem): RunProblem => {
    const { file, line, column } = ruleOf(mapper.describe(plan), problem.target) ?? problem
    return { ...problem, ...(file ? { file } : {}), line, column }
  }
  return result => {
    if (!result.ok) return 'skipped' in result ? { skipped: result.skipped } : { problems: result.problems }
    if (plan.target === null) return result.output
    const misfits = validator.validate(plan.target, result.output.body)
    const problems = misfits.length > 0 ? misfits : checkInvariants(plan.target, result.output.body)
    return problems.length > 0 ? { problems: problems.map(placed) } : result.output
  }
}

/** The records of a payload as its connector decodes it; what goes out is read as it is. */
export const recordsOf = async (plan: Plan, payload: Payload): Promise<unknown[]> =>
  (await decodePayload(plan, payload)).records

/** The records with their topic: a payload may tell a more exact one than it came under. */
export async function decodePayload(
  plan: Plan,
  { topic, body, settings = {} }: Payload,
): Promise<{ topic: string; records: unknown[] }> {
  const connector = CONNECTORS.find(({ manifest }) => manifest.id === plan.connector)
  if (plan.target === null || !connector?.decode) return { topic, records: [parseJson(body)] }
  const message = { topic, body, headers: {}, dedupeKey: 'cli', via: 'webhook' }
  const decoded = await connector.decode(message, offline(settings))
  if ('skip' in decoded) throw new HubError('SOURCE_SKIPPED', { detail: decoded.detail })
  return { topic: decoded.topic ?? topic, records: [...decoded.records] }
}

/** There is no connection here: a thin payload, whose entity would be fetched, says so. */
const offline = (settings: Record<string, unknown>): ConnectorContext => ({
  connection: { id: 'cli', tenant: 'cli', connector: 'cli', settings, secrets: {} },
  http: {
    request: async ({ url }) => {
      throw new HubError('INPUT_INVALID', { detail: `The payload is thin: the hub would read ${url}.` })
    },
  },
  token: async () => {
    throw new HubError('INPUT_INVALID', { detail: 'The payload is thin: the hub would ask its partner.' })
  },
  now: () => Date.now(),
  together: sentApart,
  sleep: async () => undefined,
  signal: new AbortController().signal,
  log: () => undefined,
})
