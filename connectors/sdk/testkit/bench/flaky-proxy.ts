import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Forwarded, forward } from './forward.ts'

/** What goes wrong with one request. */
export type Fault =
  /** The proxy answers in the partner's place. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string }
  /** Nobody answers. `late`: the partner was asked and did it. */
  | { kind: 'silence'; late?: true }
  | { kind: 'reset'; late?: true }
  /** Half of the partner's answer, then the connection ends. */
  | { kind: 'half' }

export interface SeenRequest {
  method: string
  /** Path and query. */
  target: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Buffer
  /** What the partner answered; 0 where it was not asked or has not answered yet. */
  status: number
}

export interface FlakyProxy {
  readonly baseUrl: string
  readonly requests: readonly SeenRequest[]
  /** Requests that are being answered: silence is not work. */
  working(): number
  /** Requests that nobody is going to answer. */
  silent(): number
  /** Asked about every request; a fault happens to it. The last script given holds. */
  script(fault: (request: SeenRequest, nth: number) => Fault | null): void
  /** Told before and after the partner is asked. */
  watch(watcher: Watcher): void
  /** Takes the place of what the partner answered. */
  alter(change: (request: SeenRequest, answer: Forwarded) => Forwarded): void
  close(): Promise<void>
}

export interface Watcher {
  before?(request: SeenRequest): void
  after?(request: SeenRequest): void
}

/** A reverse proxy before a simulator: whoever speaks HTTP goes through it, with a library of its own or without. */
export async function createFlakyProxy(upstream: string): Promise<FlakyProxy> {
  const requests: SeenRequest[] = []
  let [working, silent] = [0, 0]
  let script: Parameters<FlakyProxy['script']>[0] = () => null
  let change: Parameters<FlakyProxy['alter']>[0] = (_request, answer) => answer
  let watcher: Watcher = {}

  const server = createServer(async (incoming, outgoing) => {
    working++
    let state: 'working' | 'silent' | 'over' = 'working'
    const become = (next: 'silent' | 'over') => {
      if (state === 'working') working--
      if (state === 'silent') silent--
      if (next === 'silent') silent++
      state = next
    }
    outgoing.on('close', () => become('over'))
    try {
      await handle(incoming, outgoing, () => become('silent'))
    } catch (thrown) {
      write(outgoing, {
        status: 502,
        headers: {},
        body: Buffer.from(`The simulator failed: ${String(thrown)}`),
      })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse, fallSilent: () => void) {
    const request = await seen(incoming)
    const fault = script(request, requests.length)
    requests.push(request)
    if (fault?.kind === 'answer') return write(outgoing, answerOf(fault))
    if (fault && fault.kind !== 'half' && !fault.late) return vanish(fault, outgoing, fallSilent)
    watcher.before?.(request)
    const answer = change(request, await forward(request, { upstream, baseUrl }))
    request.status = answer.status
    watcher.after?.(request)
    if (fault?.kind === 'half') return writeHalf(outgoing, answer)
    return fault ? vanish(fault, outgoing, fallSilent) : write(outgoing, answer)
  }

  return {
    baseUrl,
    requests,
    working: () => working,
    silent: () => silent,
    script: given => {
      script = given
    },
    watch: given => {
      watcher = given
    },
    alter: given => {
      change = given
    },
    close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}

async function seen(incoming: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const { method = 'GET', url: target = '/', headers } = incoming
  return { method, target, headers, body: Buffer.concat(chunks), status: 0 }
}

const answerOf = ({ status, headers = {}, body = '' }: Extract<Fault, { kind: 'answer' }>): Forwarded => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(body),
})

function vanish({ kind }: Fault, outgoing: ServerResponse, fallSilent: () => void): void {
  if (kind === 'reset') outgoing.destroy()
  else fallSilent()
}

function write(outgoing: ServerResponse, { status, headers, body }: Forwarded): void {
  outgoing.writeHead(status, { ...headers, 'content-length': String(body.length) })
  outgoing.end(body)
}

function writeHalf(outgoing: ServerResponse, { status, headers, body }: Forwarded): void {
  // An empty answer has no half: the connection ends where a byte was promised.
  const whole = body.length > 1 ? body : Buffer.from('{}')
  outgoing.writeHead(status, { ...headers, 'content-length': String(whole.length) })
  outgoing.write(whole.subarray(0, whole.length / 2), () => outgoing.destroy())
}
