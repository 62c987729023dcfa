import { loadFromProcess } from '#config/load.ts'
import { configSummary } from '#config/summary.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import { manifests } from './compose/base.ts'
import { storedConnections } from './compose/drivers.ts'
import { type Hub, startHub } from './compose/hub.ts'

/** How long the work under way may take to end after SIGTERM. */
const DRAIN_MS = 25_000

const say = (text: string): boolean => process.stdout.write(`${text}\n`)

function fail(thrown: unknown): never {
  const error = asHubError(thrown)
  process.stderr.write(`${error.code}: ${error.message}\n`)
  process.exit(1)
}

function stopOnSignal(hub: Hub): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    say('Stopping: the work under way ends first.')
    setTimeout(() => process.exit(1), DRAIN_MS).unref()
    hub.stop().then(() => process.exit(0), fail)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

async function firstSignIn({ base }: Hub): Promise<void> {
  if ((await base.keys.list()).length > 0) return
  const { url } = await base.signIn.createLink({ role: 'admin', label: 'first start' })
  say(`Sign in (once, 15 minutes): ${url}`)
}

try {
  const config = loadFromProcess({ manifests, storedConnections })
  say(`Configuration: ${JSON.stringify(configSummary(config))}`)
  const hub = await startHub(config, { onHalt: fail })
  stopOnSignal(hub)
  say(`Listening: ${hub.url || 'no web role here'}`)
  if (hub.url) await firstSignIn(hub)
} catch (error) {
  fail(error)
}
