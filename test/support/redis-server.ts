import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { onRedis } from './redis.ts'

/** Says, with a printed reason, whether a Redis may be started here. */
export function canStartRedis(): boolean {
  const there = spawnSync('redis-server', ['--version']).status === 0
  if (!there) console.warn('skipped: there is no redis-server here that may be killed')
  return there
}

/** A Redis of the test's own, that may be killed: that of the other tests is not to be hurt. Keeps nothing on disk. */
export class RedisServer {
  readonly url: string
  readonly #port: number
  readonly #args: string[]
  readonly #folder = mkdtempSync(join(tmpdir(), 'crossdock-redis-'))
  #process: ChildProcess | undefined

  private constructor(port: number, args: string[]) {
    this.#port = port
    this.#args = args
    this.url = `redis://127.0.0.1:${port}`
  }

  /** On a free port, not started yet. */
  static async onFreePort(...args: string[]): Promise<RedisServer> {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as { port: number }
    probe.close()
    await once(probe, 'close')
    return new RedisServer(port, args)
  }

  static async started(...args: string[]): Promise<RedisServer> {
    const server = await RedisServer.onFreePort(...args)
    await server.start()
    return server
  }

  async start(): Promise<void> {
    const place = ['--port', `${this.#port}`, '--bind', '127.0.0.1', '--dir', this.#folder]
    this.#process = spawn('redis-server', [...place, '--save', '', '--appendonly', 'no', ...this.#args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    for await (const line of this.#process.stdout!.iterator({ destroyOnReturn: false }))
      if (String(line).includes('Ready to accept connections')) break
    this.#process.stdout!.resume()
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process!.kill(signal)
  }

  /** Without a farewell: what it held is gone. */
  async kill(): Promise<void> {
    const { exitCode, signalCode } = this.#process ?? { exitCode: 0, signalCode: null }
    if (exitCode !== null || signalCode !== null) return
    this.#process!.kill('SIGKILL')
    await once(this.#process!, 'exit')
  }

  async end(): Promise<void> {
    await this.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  use<T>(use: (redis: Redis) => Promise<T>): Promise<T> {
    return onRedis(this.url, use)
  }
}
