import { type Bench, openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import type { Fault } from '#connectors/sdk/testkit/bench/flaky-proxy.ts'
import type { Conformance } from '#connectors/sdk/testkit/conformance.ts'
import type { Resource } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'

/** What may go wrong with one request of a push: it was not taken, or it was and nobody hears of it. */
export const FAULTS: readonly (readonly [name: string, fault: Fault])[] = [
  ['a server error', { kind: 'answer', status: 500, body: '{}' }],
  ['a reset before the partner was asked', { kind: 'reset' }],
  ['a reset after the partner did it', { kind: 'reset', late: true }],
  ['half an answer', { kind: 'half' }],
  ['silence after the partner did it', { kind: 'silence', late: true }],
  ['a throttle', { kind: 'answer', status: 429, headers: { 'retry-after': '7' } }],
]

/** Where the hub's own process dies. */
export type Crash = 'before-send' | 'before-record'
export const CRASHES: readonly Crash[] = ['before-send', 'before-record']

export interface Breaking {
  fault: Fault
  /** Which request of the attempt, from 0. */
  nth: number
}

/**
 * What the hub keeps of one delivery, and one attempt as `core/sync/deliver` makes it: a claim that was never settled and
 * a send without a clear answer leave the delivery uncertain; only an attempt that ends records the link.
 */
export class ErpDelivery {
  wanted = 1
  confirmed = 0
  externalId: string | null = null
  uncertain = false
  /** Methods of the requests of the last attempt. */
  methods: string[] = []
  readonly #bench: Bench
  readonly #conformance: Conformance
  readonly #resource: Resource
  readonly n: number

  constructor(of: { bench: Bench; conformance: Conformance; resource: Resource; n: number }) {
    this.#bench = of.bench
    this.#conformance = of.conformance
    this.#resource = of.resource
    this.n = of.n
  }

  get key(): string {
    return this.#given(1).key
  }

  /** One attempt; what it failed with, or null. */
  async attempt(broken: Partial<Breaking> & { crash?: Crash } = {}): Promise<HubError | null> {
    const revision = this.wanted
    if (broken.crash === 'before-send') {
      this.uncertain = true
      return null
    }
    this.methods = []
    this.#bench.proxy!.script(({ method }) =>
      this.methods.push(method) - 1 === broken.nth ? (broken.fault ?? null) : null,
    )
    let sent = false
    try {
      const { externalId } = await this.#conformance.connector.push!(
        {
          ...this.#given(revision),
          ...{ resource: this.#resource, revision, externalId: this.externalId, uncertain: this.uncertain },
          idempotencyKey: this.key,
          sending: () => {
            sent = true
          },
        },
        this.#bench.context,
      )
      this.uncertain = broken.crash === 'before-record'
      if (this.uncertain) return null
      this.externalId = externalId
      this.confirmed = revision
      return null
    } catch (thrown) {
      if (!(thrown instanceof HubError)) throw thrown
      this.uncertain ||= sent && (thrown.status === undefined || thrown.status >= 500)
      return thrown
    } finally {
      this.#bench.proxy!.script(() => null)
    }
  }

  /** Which requests of the last attempt are worth breaking: the first one, and all that may change something. */
  get boundaries(): number[] {
    return this.methods.flatMap((method, nth) => (nth === 0 || method !== 'GET' ? [nth] : []))
  }

  /** Attempts until the newest revision is confirmed. */
  async settle(): Promise<void> {
    for (let tries = 0; this.confirmed !== this.wanted; tries++) {
      const error = await this.attempt()
      if (error?.recovery === 'park' || tries > 20) throw error
      this.#bench.clock.jump(10_000)
    }
  }

  #given(revision: number) {
    return this.#conformance.pushes![this.#resource]!.operation(this.n, revision)
  }
}

export interface Erp {
  bench: Bench
  delivery(resource: Resource): ErpDelivery
  close(): Promise<void>
}

/** The simulated partner of a conformance behind the proxy that fails as told. */
export async function openErp(conformance: Conformance): Promise<Erp> {
  const bench = await openBench(conformance)
  let last = 0
  return {
    bench,
    delivery: resource => new ErpDelivery({ bench, conformance, resource, n: ++last }),
    close: () => bench.close(),
  }
}
