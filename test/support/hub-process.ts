import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { call } from './call.ts'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

/** A real hub in a process of its own: started, killed and started again on the same data folder. */
export interface HubProcess {
  readonly url: string
  readonly dataDir: string
  /** The environment of the process, for the command line beside it. */
  readonly env: Record<string, string>
  /** Everything the process printed, for the message of a failing test. */
  output(): string
  /** It was started, and has not ended since, killed or by itself. */
  runs(): boolean
  /** Resolves when it says that it is up and, unless told otherwise, ready: it is not while what it needs is away. */
  start(until?: 'ready' | 'up'): Promise<void>
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>
  /** SIGTERM: drains and ends; resolves with the exit code. */
  stop(): Promise<number | null>
}

export interface HubProcessOptions {
  config: Record<string, unknown>
  env?: Record<string, string>
  /** A free one unless told: partners may have to know the address before. */
  port?: number
}

/** Many start at once on few processors. */
const START_MS = 120_000
const STARTED = '\n— started —\n'

export async function hubProcess({ config, env = {}, port: given }: HubProcessOptions): Promise<HubProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-process-'))
  const configFile = join(dataDir, 'hub.yaml')
  writeFileSync(configFile, stringify(config))
  const port = given ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const own = {
    HUB_PORT: String(port),
    HUB_DATA_DIR: dataDir,
    HUB_CONFIG: configFile,
    HUB_LOG_LEVEL: 'warn',
    ...env,
  }
  let child: ChildProcess | undefined
  let printed = ''
  const runs = () => child !== undefined && child.exitCode === null && child.signalCode === null

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (!child || !runs()) return child?.exitCode ?? null
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
    return child.exitCode
  }

  return {
    url,
    dataDir,
    env: own,
    output: () => printed,
    runs,
    async start(wanted = 'ready') {
      printed += STARTED
      child = spawn(
        process.execPath,
        ['--max-semi-space-size=16', '--disable-warning=ExperimentalWarning', 'workers/main.ts'],
        {
          env: { PATH: process.env['PATH'], ...own },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      )
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', chunk => {
          printed = `${printed}${chunk}`.slice(-20_000)
        })
      const started = async (): Promise<boolean> => {
        if (!runs()) throw new Error(`The hub ended while starting:\n${printed}`)
        const up = printed.lastIndexOf('Listening: ') > printed.lastIndexOf(STARTED)
        return up && (wanted === 'up' || (await call(`${url}/readyz`)).status === 200)
      }
      await until(started, START_MS).catch(async error => {
        await end('SIGKILL')
        throw error
      })
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}
