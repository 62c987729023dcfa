import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { on } from './mongo.ts'
import { until } from './until.ts'

/** A MongoDB server of the test's own, that may be killed: that of the other tests is not to be hurt. Keeps its data. */
export interface MongoServer {
  readonly url: string
  start(): Promise<void>
  /** Without a farewell; what was acknowledged is there after the next start. */
  kill(): Promise<void>
  /** Data and all. */
  end(): Promise<void>
}

/** Scripts for machines without mongod, kept outside the project. */
const SCRIPTS = resolve(fileURLToPath(new URL('../..', import.meta.url)), '../shared/mongo')

/** On a free port, not started yet; null, with a printed reason, where no server may be started. */
export async function ownMongoServer(): Promise<MongoServer | null> {
  if (spawnSync('mongod', ['--version']).status === 0) return mongod(await freePort())
  if (existsSync(join(SCRIPTS, 'up')) && process.getuid?.() === 0) return scripted(await freePair())
  console.warn('skipped: there is no MongoDB server here that may be killed')
  return null
}

function mongod(port: number): MongoServer {
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-mongo-'))
  const url = `mongodb://127.0.0.1:${port}/?directConnection=true`
  let child: ChildProcess | undefined
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  return {
    url,
    kill,
    async start() {
      const place = ['--port', `${port}`, '--bind_ip', '127.0.0.1', '--dbpath', folder]
      child = spawn('mongod', [...place, '--replSet', 'hub', '--quiet'], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const config = { _id: 'hub', members: [{ _id: 0, host: `127.0.0.1:${port}` }] }
      // Refused when it was done before the kill.
      const initiate = { replSetInitiate: config }
      await on(url, db => db.admin().command(initiate)).catch(() => undefined)
      await until(() => on(url, async db => (await db.admin().command({ hello: 1 }))['isWritablePrimary']))
    },
    async end() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Each port is a server with data of its own; removed is that of this port alone. */
function scripted(port: number): MongoServer {
  const env = { ...process.env, HUB_MONGO_PORT: `${port}`, HUB_MONGO_FAST: '0' }
  const run = async (script: string): Promise<void> =>
    void (await promisify(execFile)('bash', ['-c', script, SCRIPTS], { env }))
  return {
    url: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    start: () => run('"$0/up"'),
    kill: () => run('"$0/kill9"'),
    end: () => run('"$0/kill9" && . "$0/lib.sh" && rm -rf --one-file-system "$STATE"'),
  }
}

/** The engine behind the port takes the next one. */
async function freePair(): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (await freePort(port + 1).catch(() => null)) return port
  }
}
