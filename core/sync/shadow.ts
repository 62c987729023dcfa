import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LiveConnection } from '../accounts/directory.ts'
import type { Connector, ConnectorContext } from '../contracts/connector.ts'
import type { MappingFile } from '../contracts/mapper.ts'
import type { MessageFilter, MessageSummary, Store } from '../contracts/store.ts'
import { asHubError } from '../errors/hub-error.ts'
import { decodeOffline } from './decode-offline.ts'
import { newestMessages } from './newest-messages.ts'
import { type Concerned, type ConcernedDeps, readConcerned } from './shadow-concerned.ts'
import { compareMessage } from './shadow-message.ts'
import type { CompareDeps } from './shadow-notes.ts'
import type { ShadowReport } from './shadow-report.ts'
import { ShadowTally } from './shadow-tally.ts'

export interface ShadowDeps extends ConcernedDeps, Omit<CompareDeps, 'mapper' | 'store'> {
  store: Pick<Store, 'messages' | 'documents'>
  connectors: ReadonlyMap<string, Connector>
  contextFor(connection: LiveConnection, signal: AbortSignal): ConnectorContext
}

export interface ShadowRequest {
  mapping: string
  /** A mapping or an overlay: what might be published. */
  file: MappingFile
  /** How many of the newest messages are looked at. */
  last: number
  /** Of this connection only. */
  connection?: string
  /** Of this tenant only. */
  tenant?: string
  signal: AbortSignal
  onProgress?(looked: number): void
}

/**
 * What would change if the file were published: the newest messages are translated with what holds and with the file in
 * its place, and the results are laid against what is stored. Writes nothing and asks no partner; between two messages
 * the process does its other work.
 */
export type Shadow = (request: ShadowRequest) => Promise<ShadowReport>

export const createShadow =
  (deps: ShadowDeps): Shadow =>
  async request => {
    const { mapping, last, signal } = request
    const run = await startRun(deps, request)
    for await (const summary of newestMessages(deps.store.messages, run.filters)) {
      signal.throwIfAborted()
      const connection = run.connections.get(summary.connection)
      if (!connection) continue
      run.looked += 1
      const reason = await lookAt(deps, run, { summary, connection, signal })
      if (reason) run.leftOut.set(reason, (run.leftOut.get(reason) ?? 0) + 1)
      request.onProgress?.(run.looked)
      if (run.looked >= last) break
      await nextTurn()
    }
    const notCompared = [...run.leftOut].map(([reason, count]) => ({ reason, count }))
    const left = notCompared.reduce((sum, { count }) => sum + count, 0)
    return {
      mapping,
      scope: run.scope,
      messages: run.looked,
      compared: run.looked - left,
      notCompared,
      ...run.tally.totals(),
    }
  }

interface Run extends Concerned {
  filters: MessageFilter[]
  tally: ShadowTally
  looked: number
  /** Why messages could not be compared, counted. */
  leftOut: Map<string, number>
}

async function startRun(deps: ShadowDeps, request: ShadowRequest): Promise<Run> {
  const concerned = await readConcerned(deps, request)
  const { connection, tenant } = request
  const filters = concerned.topics.map(topic => ({ topic, connection, tenant }))
  return { ...concerned, filters, tally: new ShadowTally(), looked: 0, leftOut: new Map() }
}

interface Look {
  summary: MessageSummary
  connection: LiveConnection
  signal: AbortSignal
}

/** The reason why the message is not compared, if there is one. */
async function lookAt(deps: ShadowDeps, run: Run, look: Look): Promise<string | undefined> {
  const { summary, connection, signal } = look
  if (summary.state === 'pending') return 'It is not translated yet.'
  if (summary.state === 'discarded') return 'It was given up.'
  const message = await deps.store.messages.get(summary.id)
  const connector = deps.connectors.get(connection.connector)
  if (!message || !connector) return 'It is not there any more.'
  const decoded = await decoding(() =>
    decodeOffline(connector, message, () => deps.contextFor(connection, signal)),
  )
  if ('left' in decoded) return decoded.left
  if ('thin' in decoded) return 'The partner would be asked for the rest of it.'
  if ('skip' in decoded) return decoded.detail
  const topic = decoded.topic ?? message.topic
  const plans = run.plansAt(connection, topic)
  await compareMessage(
    { ...deps, mapper: deps.catalogue.mapper, tally: run.tally },
    { message, connection, ...plans, records: decoded.records },
  )
  return undefined
}

/** What cannot be read now could not be read before: no mapping changes that. */
async function decoding<T>(decode: () => Promise<T>): Promise<T | { left: string }> {
  try {
    return await decode()
  } catch (thrown) {
    return { left: asHubError(thrown).publicMessage }
  }
}
