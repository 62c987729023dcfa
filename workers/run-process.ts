import { loadFromProcess } from '#config/load.ts'
import { configSummary } from '#config/summary.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import { sleep, systemClock } from '#core/kernel/clock.ts'
import { manifests } from './compose/base.ts'
import { storedConnections } from './compose/drivers.ts'
import { type Hub, startHub } from './compose/hub.ts'

/** Beyond the drain: what is handed back then and the drivers' farewell fit in; nothing holds the process longer. */
const LAST_MS = 2_000

const say = (text: string): boolean => process.stdout.write(`${text}\n`)

function fail(thrown: unknown): never {
  const error = asHubError(thrown)
  process.stderr.write(`${error.code}: ${error.message}\n`)
  process.exit(1)
}

async function stop(hub: Hub): Promise<void> {
  const { config } = hub.base
  const { drainMs, farewellMs } = config.engine
  const farewell = config.roles.includes('web') ? farewellMs : 0
  setTimeout(() => process.exit(1), farewell + drainMs + LAST_MS).unref()
  hub.drain()
  await sleep(systemClock, farewell)
  await hub.stop()
}

/** The first signal lets the work under way end; a second one does not. */
function stopOnSignal(hub: Hub): void {
  let stopping = false
  const onSignal = (): void => {
    if (stopping) process.exit(1)
    stopping = true
    say('Stopping: the work under way ends first; another signal ends it at once.')
    stop(hub).then(() => process.exit(0), fail)
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
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
  say(hub.url ? `Listening: ${hub.url}` : `Listening: ${hub.opsUrl} (health and metrics only)`)
  if (hub.url) await firstSignIn(hub)
} catch (error) {
  fail(error)
}
