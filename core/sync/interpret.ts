import type { LiveConnection } from '../accounts/directory.ts'
import type { Connector, ConnectorContext, Decoded, RawMessage } from '../contracts/connector.ts'
import type {
  MappedDependency,
  Mapper,
  Plan,
  RunContext,
  RunProblem,
  RunResult,
} from '../contracts/mapper.ts'
import type { DocumentCandidate, Message, Resource } from '../contracts/store.ts'
import { deadlineOf } from '../documents/deadline.ts'
import { contentHash } from '../kernel/canonical-json.ts'
import { documentId, documentKey } from '../kernel/ids.ts'
import { parseJson } from '../kernel/parse-json.ts'

/** What a translation must know of a message beside its bytes. */
export type SourceMessage = Pick<Message, 'id' | 'topic' | 'headers' | 'eventAt' | 'receivedAt'>

export type SourceConnection = Pick<LiveConnection, 'id' | 'tenant' | 'settings' | 'tables'>

/** Where a record comes from, and the mapping that holds for it. */
export interface Source {
  message: SourceMessage
  connection: SourceConnection
  plan: Plan
}

/** Schema and invariants of a canonical document, all problems at once. */
export type Inspect = (resource: Resource, body: Record<string, unknown>) => RunProblem[]

/** What one record becomes. */
export type Interpreted =
  /** `references`: what it depends on in the hub's words; only the store knows which documents these are. */
  | { outcome: 'document'; candidate: DocumentCandidate; references: readonly MappedDependency[] }
  | { outcome: 'skipped'; reason: string }
  /** `document`: its id, where the identity could be read all the same. */
  | { outcome: 'problems'; problems: RunProblem[]; document?: string }

/** What a connector decodes. */
export type Payload = RawMessage & { via: string; edited?: Message['edited'] }

/** The records of a message: of the edited payload where there is one. */
export function recordsOf(
  connector: Connector,
  message: Payload,
  context: () => ConnectorContext,
): Decoded | Promise<Decoded> {
  const body = message.edited?.body ?? message.body
  if (!connector.decode) return { records: [parseJson(body)] }
  return connector.decode({ ...message, body }, context())
}

/** What the hub gives a mapping beside the record. */
export function runContextOf({ message, connection, plan }: Source): RunContext {
  const { id, tenant, settings } = connection
  return {
    tables: connection.tables[plan.id],
    bindings: {
      topic: message.topic,
      headers: message.headers,
      settings,
      connection: { id, tenant, settings },
    },
  }
}

/**
 * The pure middle of a translation: map and inspect one record. Whoever wants to know what a mapping makes of a message
 * goes this way: the translator, a shadow run, a try.
 */
export const interpret = (
  { mapper, inspect }: { mapper: Mapper; inspect: Inspect },
  source: Source,
  record: unknown,
): Interpreted => judge(mapper.run(source.plan, record, runContextOf(source)), source, inspect)

/** What a run of the mapping comes to: a candidate that fits the schema and its invariants, or the reason for none. */
export function judge(result: RunResult, source: Source, inspect: Inspect): Interpreted {
  if (!result.ok && 'skipped' in result) return { outcome: 'skipped', reason: result.skipped }
  const resource = source.plan.target as Resource
  const problems = result.ok ? inspect(resource, result.output.body) : result.problems
  if (result.ok && problems.length === 0)
    return {
      outcome: 'document',
      candidate: candidateOf(result.output, source),
      references: result.output.dependsOn.filter(({ externalId }) => externalId === undefined),
    }
  const externalId = result.ok ? result.output.externalId : result.externalId
  const document = externalId ? idAt(source.connection, resource, externalId) : undefined
  return { outcome: 'problems', problems, document }
}

function candidateOf(
  { externalId, number, revision, body, dependsOn }: Extract<RunResult, { ok: true }>['output'],
  { message, connection, plan }: Source,
): DocumentCandidate {
  const { id, tenant } = connection
  const resource = plan.target as Resource
  const event = message.eventAt ?? message.receivedAt
  return {
    id: idAt(connection, resource, externalId),
    resource,
    key: documentKey(tenant, id, externalId),
    tenant,
    connection: id,
    externalId,
    number,
    order: { revision: revision ?? event, event, arrival: message.receivedAt },
    body,
    hash: contentHash(body),
    mapping: mappingOf(plan),
    message: message.id,
    receivedAt: message.receivedAt,
    deadline: deadlineOf(resource, body),
    dependsOn: dependsOn.flatMap(one =>
      one.externalId === undefined ? [] : idAt(connection, one.resource as Resource, one.externalId),
    ),
  }
}

const idAt = ({ id, tenant }: SourceConnection, resource: Resource, externalId: string): string =>
  documentId(resource, documentKey(tenant, id, externalId))

const mappingOf = ({ id, version, overlays }: Plan): DocumentCandidate['mapping'] =>
  overlays.length > 0 ? { id, version, overlays } : { id, version }
