import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HubError } from '#core/errors/hub-error.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { createHttpClient, type HttpClientOptions } from '#core/kernel/http-client.ts'

const closers: (() => void)[] = []

/** Ends every server and client of the test. */
export function closeAll(): void {
  for (const close of closers.splice(0)) close()
}

/** A server of its own port; gives its address. */
export async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A client that may reach 127.0.0.1 and never pauses by chance. */
export function client(options: Partial<HttpClientOptions> = {}) {
  const made = createHttpClient({
    clock: systemClock,
    allowPrivateHosts: ['127.0.0.1'],
    random: () => 0,
    ...options,
  })
  closers.push(() => made.close())
  return made
}

/** What the promise was rejected with. */
export const caught = async (promise: Promise<unknown>): Promise<HubError> => {
  try {
    await promise
  } catch (error) {
    return error as HubError
  }
  throw new Error('It was expected to fail.')
}

export const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
