import { once } from 'node:events'
import { createServer } from 'node:net'
import { isFree } from '../doctor/check-port.ts'
import { say } from './say.ts'

const USUAL = 8080

/** The usual port, or a free one with a notice. */
export async function choosePort(): Promise<number> {
  if (await isFree(USUAL)) return USUAL
  const port = await freePort()
  say(`Port ${USUAL} is taken: this hub listens on ${port}.`)
  return port
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  const closed = once(server, 'close')
  server.close()
  await closed
  return address !== null && typeof address === 'object' ? address.port : 0
}
