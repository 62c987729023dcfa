import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import conformance from '#connectors/erp/business-central/conformance.ts'
import { businessCentral } from '#connectors/erp/business-central/connector.ts'
import type { SimulatedDocument } from '#connectors/erp/business-central/simulator/books.ts'
import type { BcSimulator } from '#connectors/erp/business-central/simulator.ts'
import { type Bench, openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import type { Fault, SeenRequest } from '#connectors/sdk/testkit/bench/flaky-proxy.ts'
import type { PushOperation, PushResult } from '#core/contracts/connector.ts'
import type { Resource } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

type Json = Record<string, unknown>

/** How an attempt goes wrong: at the proxy, by a refusal in its place, or because the hub's process dies. */
export type Break =
  | 'before-send'
  | 'lost-request'
  | '500-before-store'
  | '500-after-store'
  | 'lost-answer'
  | 'half-answer'
  | 'no-answer'
  | 'throttle'
  | 'before-record'

export const BREAKS: readonly Break[] = [
  ...(['before-send', 'lost-request', '500-before-store', '500-after-store', 'lost-answer'] as const),
  ...(['half-answer', 'no-answer', 'throttle', 'before-record'] as const),
]

const FAULTS: Partial<Record<Break, Fault>> = {
  'lost-request': { kind: 'reset' },
  '500-before-store': { kind: 'answer', status: 500, body: '{}' },
  'lost-answer': { kind: 'reset', late: true },
  'half-answer': { kind: 'half' },
  'no-answer': { kind: 'silence', late: true },
  throttle: { kind: 'answer', status: 429, headers: { 'retry-after': '7' } },
}

const isWrite = ({ method, target }: SeenRequest): boolean => method !== 'GET' && !target.endsWith('/token')

/** Business Central, simulated, with the shipped outgoing mappings before it. */
export class Desk {
  readonly bench: Bench
  readonly #mapper: ReturnType<typeof createMapper>

  private constructor(bench: Bench, mapper: ReturnType<typeof createMapper>) {
    this.bench = bench
    this.#mapper = mapper
  }

  static async open(): Promise<Desk> {
    const mapper = createMapper({ schemas: await loadSchemas(MAPPINGS) })
    return new Desk(await openBench(conformance), mapper)
  }

  close(): Promise<void> {
    return this.bench.close()
  }

  get books() {
    return (this.bench.simulator as BcSimulator).company.books
  }

  get company() {
    return (this.bench.simulator as BcSimulator).company
  }

  /** What the mapping of a resource makes of a canonical document, with overlays laid over it. */
  body(
    resource: Resource,
    document: Json,
    { settings = {}, overlays = [] }: { settings?: Json; overlays?: readonly string[] } = {},
  ): Json {
    const path = `erp/business-central/${resource}-out.map.yaml`
    const { plan, problems } = this.#mapper.compile(
      { path, text: readFileSync(`${MAPPINGS}/${path}`, 'utf8') },
      overlays.map((text, index) => ({ path: `overlay-${index}.overlay.yaml`, text })),
    )
    if (!plan) throw new Error(JSON.stringify(problems))
    const connection = { id: 'erp', tenant: 'acme', settings }
    const run = this.#mapper.run(plan, document, { bindings: { connection, settings } })
    if (!run.ok) throw new Error(JSON.stringify(run))
    return run.output.body
  }

  push(
    operation: Partial<PushOperation> & Pick<PushOperation, 'resource' | 'body' | 'key'>,
  ): Promise<PushResult> {
    return businessCentral.push!(
      {
        ...{ revision: 1, externalId: null, dependencies: {}, uncertain: false },
        ...{ idempotencyKey: `${operation.resource}:${operation.key}`, sending: () => undefined },
        ...operation,
      },
      this.bench.context,
    )
  }

  /** The nth write from now on goes wrong this way. */
  breakNth(kind: Break, nth: number): void {
    let writes = 0
    const struck = (request: SeenRequest): boolean => isWrite(request) && ++writes === nth
    if (kind === '500-after-store')
      this.bench.proxy!.alter((request, answer) =>
        struck(request) ? { status: 500, headers: answer.headers, body: Buffer.from('{}') } : answer,
      )
    else this.bench.proxy!.script(request => (struck(request) ? (FAULTS[kind] ?? null) : null))
  }

  mend(): void {
    this.bench.proxy!.script(() => null)
    this.bench.proxy!.alter((_request, answer) => answer)
  }
}

/** What the hub keeps of one delivery, and attempts as `core/sync/deliver` makes them. */
export class Delivery {
  wanted = 1
  confirmed = 0
  externalId: string | null = null
  uncertain = false
  readonly key: string
  readonly #desk: Desk
  readonly #of: { resource: Resource; body(revision: number): Json; dependencies?: Record<string, string> }

  constructor(
    desk: Desk,
    key: string,
    of: { resource: Resource; body(revision: number): Json; dependencies?: Record<string, string> },
  ) {
    this.#desk = desk
    this.key = key
    this.#of = of
  }

  async attempt(crash?: 'before-send' | 'before-record'): Promise<HubError | null> {
    if (crash === 'before-send') {
      this.uncertain = true
      return null
    }
    const { resource, body, dependencies = {} } = this.#of
    const revision = this.wanted
    let sent = false
    const sending = () => {
      sent = true
    }
    try {
      const { key, externalId, uncertain } = this
      const { externalId: id } = await this.#desk.push({
        ...{ resource, key, body: body(revision), revision, externalId, uncertain, dependencies, sending },
      })
      this.uncertain = crash === 'before-record'
      if (crash) return null
      this.externalId = id
      this.confirmed = revision
      return null
    } catch (thrown) {
      if (!(thrown instanceof HubError)) throw thrown
      this.uncertain ||= sent && (thrown.status === undefined || thrown.status >= 500)
      return thrown
    }
  }

  /** One attempt whose nth write goes wrong. */
  async breakOnce(kind: Break, nth = 1): Promise<void> {
    if (kind === 'before-send' || kind === 'before-record') return void (await this.attempt(kind))
    this.#desk.breakNth(kind, nth)
    await this.attempt()
    this.#desk.mend()
  }

  async settle(): Promise<void> {
    for (let tries = 0; this.confirmed !== this.wanted; tries++) {
      const error = await this.attempt()
      if (error?.recovery === 'park' || tries > 10) throw error
    }
  }
}

/** Quantities by item, of what Business Central holds. */
export const quantities = ({ lines }: SimulatedDocument): Record<string, number> =>
  Object.fromEntries(
    lines.flatMap(({ lineType, lineObjectNumber, quantity }) =>
      lineType === 'Comment' ? [] : [[lineObjectNumber, quantity]],
    ),
  )
