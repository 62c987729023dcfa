import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** Chances, of each call. */
export interface LineFaults {
  /** Broken before the call arrives. */
  reset: number
  /** The call arrives and is done; its answer is lost. */
  swallow: number
  /** The answer comes, after the caller has given up. */
  late: number
}

export type LineFault = keyof LineFaults

export interface FaultyProxy {
  readonly url: string
  /** How often each happened. */
  readonly happened: Readonly<Record<LineFault, number>>
  /** From here on the line is good. */
  mend(): void
  close(): Promise<void>
}

export interface FaultyProxyOptions {
  target: string
  random: () => number
  faults: LineFaults
  /** Of a late answer. */
  lateMs: number
}

/** A bad line to an HTTP server. */
export async function faultyProxy(options: FaultyProxyOptions): Promise<FaultyProxy> {
  const { target, random, lateMs } = options
  let { faults } = options
  const happened = { reset: 0, swallow: 0, late: 0 }

  function draw(): LineFault | null {
    let chance = random()
    for (const fault of ['reset', 'swallow', 'late'] as const) {
      chance -= faults[fault]
      if (chance < 0) return fault
    }
    return null
  }

  async function pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const fault = draw()
    if (fault) happened[fault] += 1
    const body = await bytesOf(asked)
    if (fault === 'reset') return void asked.socket.destroy()
    const { status, headers, bytes } = await forward(target, asked, body)
    if (fault === 'swallow') return void asked.socket.destroy()
    if (fault === 'late') await pause(lateMs)
    answer.writeHead(status, headers)
    answer.end(bytes)
  }

  const server = createServer((asked, answer) => {
    // Whoever asked, or was asked, is gone: so is the line.
    pass(asked, answer).catch(() => asked.socket.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    happened,
    mend() {
      faults = { reset: 0, swallow: 0, late: 0 }
    },
    close() {
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

interface Forwarded {
  status: number
  headers: Record<string, string>
  bytes: Buffer
}

function forward(target: string, asked: IncomingMessage, body: Buffer): Promise<Forwarded> {
  const { host: _host, connection: _connection, ...headers } = asked.headers
  return new Promise((resolve, reject) => {
    const outgoing = request(`${target}${asked.url}`, { method: asked.method, headers }, answer => {
      bytesOf(answer).then(
        bytes =>
          resolve({
            status: answer.statusCode ?? 502,
            headers: { 'content-type': answer.headers['content-type'] ?? 'application/json' },
            bytes,
          }),
        reject,
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
