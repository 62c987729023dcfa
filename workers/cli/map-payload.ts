import { CONNECTORS } from '#connectors/registry.ts'
import type { ConnectorContext } from '#core/contracts/connector.ts'
import type { MappedDocument, Plan, RunProblem } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator } from '#core/documents/validate.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { parseJson } from '#core/kernel/parse-json.ts'
import type { MappingFolder } from './mapping-folder.ts'

/** What became of one record of a payload. */
export type Mapped = MappedDocument | { skipped: string } | { problems: RunProblem[] }

/** The way of a payload through decode, mapping, schema and invariants, as the translator goes it, storing nothing. */
export async function mapPayload(
  { mapper, schemas }: MappingFolder,
  plan: Plan,
  { topic, body }: { topic: string; body: Buffer },
): Promise<Mapped[]> {
  const validator = createValidator(schemas)
  const bindings = {
    topic,
    headers: {},
    connection: { id: 'cli', tenant: 'cli', settings: {} },
    settings: {},
  }
  const records = plan.target === null ? [parseJson(body)] : await recordsOf(plan, topic, body)
  return records.map(record => {
    const result = mapper.run(plan, record, { bindings })
    if (!result.ok) return 'skipped' in result ? { skipped: result.skipped } : { problems: result.problems }
    if (plan.target === null) return result.output
    const misfits = validator.validate(plan.target, result.output.body)
    const problems = misfits.length > 0 ? misfits : checkInvariants(plan.target, result.output.body)
    return problems.length > 0 ? { problems } : result.output
  })
}

async function recordsOf(plan: Plan, topic: string, body: Buffer): Promise<unknown[]> {
  const connector = CONNECTORS.find(({ manifest }) => manifest.id === plan.connector)
  if (!connector?.decode) return [parseJson(body)]
  const message = { topic, body, headers: {}, dedupeKey: 'cli', via: 'webhook' }
  const decoded = await connector.decode(message, OFFLINE)
  if ('skip' in decoded) throw new HubError('SOURCE_SKIPPED', { detail: decoded.detail })
  return decoded.records
}

/** There is no connection here: a thin payload, whose entity would be fetched, says so. */
const OFFLINE: ConnectorContext = {
  connection: { id: 'cli', tenant: 'cli', connector: 'cli', settings: {}, secrets: {} },
  http: {
    request: async ({ url }) => {
      throw new HubError('INPUT_INVALID', { detail: `The payload is thin: the hub would read ${url}.` })
    },
  },
  now: () => Date.now(),
  sleep: async () => undefined,
  signal: new AbortController().signal,
  log: () => undefined,
}
