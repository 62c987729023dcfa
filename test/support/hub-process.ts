import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { call } from './call.ts'

/** A real hub in a process of its own: started, killed and started again on the same data folder. */
export interface HubProcess {
  readonly url: string
  readonly dataDir: string
  /** The environment of the process, for the command line beside it. */
  readonly env: Record<string, string>
  /** Everything the process printed, for the message of a failing test. */
  output(): string
  start(): Promise<void>
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>
  /** SIGTERM: drains and ends; resolves with the exit code. */
  stop(): Promise<number | null>
}

export interface HubProcessOptions {
  config: Record<string, unknown>
  env?: Record<string, string>
}

export async function hubProcess({ config, env = {} }: HubProcessOptions): Promise<HubProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-process-'))
  const configFile = join(dataDir, 'hub.yaml')
  writeFileSync(configFile, stringify(config))
  const port = await freePort()
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

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
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
    async start() {
      child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'workers/main.ts'], {
        env: { PATH: process.env['PATH'], ...own },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', chunk => {
          printed = `${printed}${chunk}`.slice(-20_000)
        })
      await untilReady(url, child, () => printed)
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}

async function untilReady(url: string, child: ChildProcess, printed: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The hub ended while starting:\n${printed()}`)
    if ((await call(`${url}/readyz`)).status === 200) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (!address || typeof address === 'string') throw new Error('No port.')
  return address.port
}
