import type { LiveConnection } from '../accounts/directory.ts'
import type { Connector, ConnectorContext } from '../contracts/connector.ts'
import type { CompileResult, Plan, Problem, RunProblem, RunResult } from '../contracts/mapper.ts'
import { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'
import { parseJson } from '../kernel/parse-json.ts'
import { holdsFor } from '../mapping/catalogue/layer-stack.ts'
import type { MappingCatalogue } from '../mapping/catalogue/mapping-catalogue.ts'
import { readHeader } from '../mapping/catalogue/read-header.ts'
import type { ExplainedLeaf } from '../mapping/explain/explained.ts'
import { decodeOffline } from './decode-offline.ts'
import { draftFile } from './draft-file.ts'
import {
  type Inspect,
  judge,
  type Payload,
  runContextOf,
  type Source,
  type SourceMessage,
} from './interpret.ts'
import { type Change, changesOf } from './shadow-report.ts'

export interface TryDeps {
  catalogue: MappingCatalogue
  connectors: ReadonlyMap<string, Connector>
  inspect: Inspect
  contextFor(connection: LiveConnection, signal: AbortSignal): ConnectorContext
  clock: Clock
}

export interface TryRequest {
  mapping: string
  /** A mapping or an overlay that is not published; absent: the mapping as it holds. */
  text?: string
  /** Whose settings, tables and layers count; absent: nobody's. */
  connection?: LiveConnection
  /** A stored message, or a payload as a partner would send it: of the mapping's first topic unless told. Absent: only compiled. */
  message?: (SourceMessage & Payload) | { topic?: string; body: Buffer }
  signal: AbortSignal
}

export interface Tried {
  /** Of the text; with an error among them, nothing was run. */
  problems: readonly Problem[]
  compileMs: number
  /** Null where nothing was run. */
  topic: string | null
  resource: string | null
  records: TriedRecord[]
}

export interface TriedOutcome {
  outcome: 'document' | 'skipped' | 'problems'
  document?: Record<string, unknown>
  externalId?: string
  number?: string
  /** Epoch milliseconds, or the source's own number. */
  revision?: number
  skipped?: string
  problems?: RunProblem[]
}

export interface TriedRecord extends TriedOutcome {
  leaves: ExplainedLeaf[]
  /** What the mapping makes of it as it holds; null without a text. */
  before: TriedOutcome | null
  differences: Change[]
}

/** Runs one payload through a mapping and tells where each value came from; stores nothing, asks no partner. */
export type TryMapping = (request: TryRequest) => Promise<Tried>

export const createTryMapping =
  (deps: TryDeps): TryMapping =>
  async request => {
    const { catalogue, clock } = deps
    const started = clock.now()
    const { plan, problems } = compile(catalogue, request)
    const tried = { problems, compileMs: clock.now() - started, resource: plan?.target ?? null }
    if (!plan || !request.message) return { ...tried, topic: null, records: [] }
    const now =
      request.text === undefined ? null : catalogue.compiled(request.mapping, request.connection)?.plan
    const connection = request.connection ?? nobody(plan)
    const message = messageOf(request.message, plan, started)
    const { topic, records } = await decode(deps, { connection, message, plan, signal: request.signal })
    const tryOne = (record: unknown): TriedRecord => {
      const { result, leaves } = explain(deps, { connection, message, plan }, record)
      const before = now ? run(deps, { connection, message, plan: now }, record) : null
      return {
        ...result,
        leaves,
        before,
        differences: before ? changesOf(before.document, result.document) : [],
      }
    }
    return { ...tried, topic, records: records.map(tryOne) }
  }

function compile(catalogue: MappingCatalogue, { mapping, text, connection }: TryRequest): CompileResult {
  if (text === undefined) {
    const compiled = catalogue.compiled(mapping, connection)
    if (!compiled) throw new HubError('NOT_FOUND', { detail: `Mapping “${mapping}”.` })
    return compiled
  }
  const file = draftFile(mapping, text)
  if (connection && !holdsFor(readHeader(file).scope, connection))
    throw new HubError('INPUT_INVALID', { detail: `The text does not concern “${connection.id}”.` })
  return catalogue.compileWith(mapping, file, connection)
}

/** In place of a connection where none is given. */
const nobody = ({ connector }: Plan): LiveConnection => ({
  ...{ id: 'try', tenant: 'try', connector, settings: {}, secrets: {} },
  ...{ state: 'active', tables: {}, declared: false },
})

type TryMessage = SourceMessage & Payload

function messageOf(message: NonNullable<TryRequest['message']>, plan: Plan, receivedAt: number): TryMessage {
  if ('id' in message) return message
  const topic = message.topic ?? plan.topics[0] ?? ''
  return { id: 'try', dedupeKey: 'try', topic, via: 'webhook', headers: {}, receivedAt, body: message.body }
}

interface Decoding {
  connection: LiveConnection
  message: TryMessage
  plan: Plan
  signal: AbortSignal
}

/** What goes out is mapped from a document, which no connector decodes. */
async function decode(deps: TryDeps, { connection, message, plan, signal }: Decoding) {
  const { topic } = message
  const connector = deps.connectors.get(plan.connector)
  if (plan.target === null || !connector) return { topic, records: [parseJson(message.body)] }
  const decoded = await decodeOffline(connector, message, () => deps.contextFor(connection, signal))
  if ('thin' in decoded)
    throw new HubError('INPUT_INVALID', {
      detail: 'The payload is thin: the partner would be asked for the rest.',
    })
  if ('skip' in decoded) throw new HubError('INPUT_INVALID', { detail: decoded.detail })
  return { topic: decoded.topic ?? topic, records: decoded.records }
}

function explain({ catalogue, inspect }: TryDeps, source: Source, record: unknown) {
  const { result, leaves } = catalogue.mapper.explain(source.plan, record, runContextOf(source))
  return { result: outcomeOf(result, source, inspect), leaves }
}

function run({ catalogue, inspect }: TryDeps, source: Source, record: unknown): TriedOutcome {
  return outcomeOf(catalogue.mapper.run(source.plan, record, runContextOf(source)), source, inspect)
}

function outcomeOf(result: RunResult, source: Source, inspect: Inspect): TriedOutcome {
  if (result.ok && source.plan.target === null) return documentOf(result)
  const judged = judge(result, source, inspect)
  if (judged.outcome === 'skipped') return { outcome: 'skipped', skipped: judged.reason }
  // Shown with its problems: the document is what they are read against.
  if (judged.outcome === 'problems')
    return { ...(result.ok ? documentOf(result) : {}), outcome: 'problems', problems: judged.problems }
  return result.ok ? documentOf(result) : { outcome: 'problems', problems: [] }
}

function documentOf({ output }: Extract<RunResult, { ok: true }>): TriedOutcome {
  const { body, externalId, number, revision } = output
  return { outcome: 'document', document: body, externalId, number, revision }
}
