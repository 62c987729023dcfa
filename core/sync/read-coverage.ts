import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Directory, LiveConnection } from '../accounts/directory.ts'
import type { Connector, ConnectorContext } from '../contracts/connector.ts'
import type { Plan } from '../contracts/mapper.ts'
import type { MessageSummary, Store } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { safePointer } from '../health/drift-sample.ts'
import type { MappingCatalogue } from '../mapping/catalogue/mapping-catalogue.ts'
import type { Coverage, CoveredField } from '../mapping/traffic/coverage.ts'
import { decodeOffline } from './decode-offline.ts'
import { newestMessages } from './newest-messages.ts'

export interface ReadCoverageDeps {
  store: Pick<Store, 'messages'>
  directory: Pick<Directory, 'list'>
  connectors: ReadonlyMap<string, Connector>
  catalogue: Pick<MappingCatalogue, 'planFor' | 'mapper'>
  contextFor(connection: LiveConnection, signal: AbortSignal): ConnectorContext
}

export interface CoverageRequest {
  plan: Plan
  /** How many of the newest messages are looked at. */
  last: number
  /** Of this connection only. */
  connection?: string
  /** Of this tenant only. */
  tenant?: string
  signal: AbortSignal
}

/** Which fields of stored traffic a mapping reads. */
export interface StoredCoverage extends Omit<Coverage, 'records'> {
  /** How many were looked at. */
  messages: number
  /** Of these: another mapping's, thin ones, and what cannot be decoded. */
  leftOut: number
}

/** Bytes of payloads whose records are held at once: what they cover is told of all of them together, which costs less. */
const HELD_BYTES = 500_000

/** Reads the newest messages of a mapping's topics and asks no partner; between two the process does its other work. */
export async function readCoverage(
  deps: ReadCoverageDeps,
  { plan: { id: mapping, topics }, last, connection, tenant, signal }: CoverageRequest,
): Promise<StoredCoverage> {
  const connections = new Map((await deps.directory.list()).map(one => [one.id, one]))
  const filters = topics.map(topic => ({ topic, connection, tenant }))
  const covered = new Covered(deps.catalogue.mapper)
  let messages = 0
  let leftOut = 0
  for await (const summary of newestMessages(deps.store.messages, filters)) {
    signal.throwIfAborted()
    const source = connections.get(summary.connection)
    const read = source && (await readMessage(deps, { summary, source, mapping, signal }))
    if (read) covered.hold(read.plan, read.records, summary.bytes)
    else leftOut++
    if (++messages >= last) break
    await nextTurn()
  }
  const fields = covered.fields()
  return {
    ...{ messages, leftOut, fields },
    unread: fields.filter(({ read }) => !read).length,
    undeclared: fields.filter(({ declared }) => !declared).length,
  }
}

interface Look {
  summary: MessageSummary
  source: LiveConnection
  mapping: string
  signal: AbortSignal
}

/** The records of a message with the plan that holds for them, or null where it is not for this mapping to read. */
async function readMessage(
  { store, connectors, contextFor, catalogue }: ReadCoverageDeps,
  { summary, source, mapping, signal }: Look,
): Promise<{ plan: Plan; records: unknown[] } | null> {
  const message = await store.messages.get(summary.id)
  const connector = connectors.get(source.connector)
  if (!message || !connector) return null
  try {
    const decoded = await decodeOffline(connector, message, () => contextFor(source, signal))
    if (!('records' in decoded)) return null
    const plan = catalogue.planFor(source, decoded.topic ?? message.topic)
    return plan?.id === mapping ? { plan, records: decoded.records } : null
  } catch (thrown) {
    // What the translator parks has no records, or no mapping, to look at.
    if (thrown instanceof HubError) return null
    throw thrown
  }
}

/** The fields of many records, a bounded number of which are held. */
class Covered {
  readonly #mapper: ReadCoverageDeps['catalogue']['mapper']
  readonly #fields = new Map<string, CoveredField>()
  readonly #held = new Map<Plan, unknown[]>()
  #bytes = 0

  constructor(mapper: ReadCoverageDeps['catalogue']['mapper']) {
    this.#mapper = mapper
  }

  hold(plan: Plan, records: readonly unknown[], bytes: number): void {
    const held = this.#held.get(plan) ?? []
    this.#held.set(plan, held)
    held.push(...records)
    this.#bytes += bytes
    if (this.#bytes > HELD_BYTES) this.#cover()
  }

  fields(): CoveredField[] {
    this.#cover()
    return [...this.#fields.values()]
  }

  #cover(): void {
    for (const [plan, records] of this.#held)
      for (const field of this.#mapper.coverage(plan, records).fields) this.#merge(field)
    this.#held.clear()
    this.#bytes = 0
  }

  #merge(field: CoveredField): void {
    const pointer = safePointer(field.pointer)
    const known = this.#fields.get(pointer)
    if (!known) return void this.#fields.set(pointer, { ...field, pointer })
    known.count += field.count
    known.read ||= field.read
  }
}
