import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { asHubError } from '#core/errors/hub-error.ts'
import { startHub } from '../../compose/hub.ts'
import { failureText } from '../failure.ts'
import { buildDashboard } from './build-dashboard.ts'
import { choosePort } from './choose-port.ts'
import { demoConfig } from './demo-config.ts'
import { explainLetters } from './explain-letters.ts'
import { account, isSettled, isSound, summaryOf } from './ledger.ts'
import { runLoad, settle, trickle } from './load.ts'
import { startPartners } from './partners.ts'
import { createProgress } from './progress.ts'
import { readSamples } from './samples.ts'
import { say } from './say.ts'
import { whatToLookAt } from './what-to-look-at.ts'

const ORDERS = 150

/** How long after the load it is waited until everything is accounted for. */
const SETTLE_MS = 90_000

interface Options {
  exit: boolean
  fixtures: string
}

/** A hub, a shop and an ERP in one process: real webhooks over real HTTP, faults included. Returns the exit code. */
async function demo({ exit, fixtures }: Options): Promise<number> {
  await using stack = new AsyncDisposableStack()
  const signal = interrupted()
  if (!exit) await buildDashboard()
  const dataDir = await mkdtemp(join(tmpdir(), 'crossdock-demo-'))
  stack.defer(() => rm(dataDir, { recursive: true, force: true }))
  const partners = await startPartners()
  stack.defer(() => partners.close())
  const port = await choosePort()
  const hub = await startHub(demoConfig({ port, dataDir, partners }), { onHalt: fail })
  stack.defer(() => hub.stop())
  partners.connect(hub.url)
  say(`Hub ${hub.base.config.publicUrl}, a shop and an ERP with faults; data in ${dataDir}`)

  const samples = await readSamples(fixtures)
  say(`Sending ${ORDERS} orders with their changes, and ${samples.length} sample payloads.`)
  const progress = createProgress(hub.base)
  await runLoad({ partners, samples, orders: ORDERS, signal })
  const settled = await settle({
    partners,
    isSettled: () => isSettled(hub.base),
    signal: AbortSignal.any([signal, AbortSignal.timeout(SETTLE_MS)]),
  })
  await progress.end()
  if (signal.aborted) return stopped(exit)

  const found = await account(hub.base, partners)
  for (const line of await explainLetters(hub.base)) say(`  dead letter — ${line}`)
  for (const line of found.doubts) say(`  NOT ACCOUNTED — ${line}`)
  if (exit) {
    say(JSON.stringify(summaryOf(found)))
    return settled && isSound(found) ? 0 : 1
  }
  say(await whatToLookAt(hub, partners, dataDir))
  await trickle(partners, signal)
  return stopped(exit)
}

/** Ctrl+C is the way to end the demo, but not a measured run. */
function stopped(exit: boolean): number {
  process.stderr.write('\nStopping.\n')
  return exit ? 1 : 0
}

function fail(thrown: unknown): never {
  process.stderr.write(failureText(asHubError(thrown)))
  process.exit(1)
}

/** Aborts at Ctrl+C. */
function interrupted(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}

try {
  const { values } = parseArgs({
    options: {
      exit: { type: 'boolean', default: false },
      fixtures: { type: 'string', default: '../shared/fixtures' },
    },
  })
  process.exitCode = await demo(values)
} catch (error) {
  fail(error)
}
