import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port that nobody listens on: any, or this one; rejects where it is taken. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (!address || typeof address === 'string') throw new Error('No port.')
  return address.port
}
