import type { ConnectionView, ConnectorContext } from '#core/contracts/connector.ts'
import type { Conformance, PartnerSimulator } from '../conformance.ts'
import { drawn } from './drawn.ts'
import { createFlakyProxy, type FlakyProxy } from './flaky-proxy.ts'
import { HurriedClock } from './hurried-clock.ts'
import { isTimeLimit, type LogLine, testContext, testHttp } from './test-context.ts'
import { createTokenSource } from './token-source.ts'

/** When every check begins; fixed, so that a run can be repeated. */
export const BEGIN = Date.UTC(2026, 4, 12, 9, 30)

/** Where a partner without a simulator would be: reserved, so that nothing answers there (RFC 2606). */
const NOWHERE = 'https://partner.invalid'

/** A partner with a fresh account, a proxy before it that fails as told, and what the hub gives the connector. */
export interface Bench {
  readonly clock: HurriedClock
  /** Null where the conformance has none. */
  readonly simulator: PartnerSimulator | null
  /** Null where the partner is not spoken to over HTTP. */
  readonly proxy: FlakyProxy | null
  readonly connection: ConnectionView
  readonly context: ConnectorContext
  readonly logs: readonly LogLine[]
  /** Every secret that was ever in use here. */
  secrets(): string[]
  close(): Promise<void>
}

export async function openBench({
  connector,
  connection: connect,
  simulator: start,
}: Conformance): Promise<Bench> {
  let proxy: FlakyProxy | null = null
  const clock: HurriedClock = new HurriedClock(BEGIN, () => patienceOf(clock, proxy))
  const random = drawn(1)
  const simulator = start ? await start({ now: () => clock.now(), random }) : null
  if (simulator?.baseUrl.startsWith('http')) proxy = await createFlakyProxy(simulator.baseUrl)
  const connection = connect(addressOf(simulator, proxy))
  const http = testHttp(clock, random)
  const logs: LogLine[] = []
  const ending = new AbortController()
  const { auth } = connector.manifest
  const source = createTokenSource({
    ...{ connection, http, now: () => clock.now() },
    auth: auth?.kind === 'oauth2' ? auth : null,
  })
  const token = (refused?: string) => source.token(refused)
  return {
    ...{ clock, simulator, proxy, connection, logs },
    context: testContext({ connection, clock, http, token, signal: ending.signal, logs }),
    secrets: () =>
      [...Object.values(connection.secrets).flat(), ...source.seen()].filter(secret => secret.length > 3),
    async close() {
      ending.abort(new Error('The check is over.'))
      http.giveUp()
      clock.stop()
      await proxy?.close()
      await simulator?.close()
      http.close()
    },
  }
}

/** The proxy's address with the path that the simulator's has. */
function addressOf(simulator: PartnerSimulator | null, proxy: FlakyProxy | null): string {
  if (!simulator) return NOWHERE
  if (!proxy) return simulator.baseUrl
  return `${proxy.baseUrl}${new URL(simulator.baseUrl).pathname.replace(/\/$/, '')}`
}

/** Ticks. Silence is certain; a request that is neither at the proxy nor silent is on its way, and a loaded machine is slow. */
const PATIENCE = { silent: 3, underWay: 120, usual: 8 }

function patienceOf(clock: HurriedClock, proxy: FlakyProxy | null): number {
  if (proxy && proxy.working() > 0) return Number.POSITIVE_INFINITY
  if (proxy && proxy.silent() > 0) return PATIENCE.silent
  return clock.isRunning(isTimeLimit) ? PATIENCE.underWay : PATIENCE.usual
}
