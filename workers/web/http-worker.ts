import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Express } from 'express'
import { HubError } from '#core/errors/hub-error.ts'
import { aborted, type Worker } from '../worker.ts'

export interface HttpWorkerOptions {
  name: string
  app: Express
  port: number
  /** The setting that the port came from, for whom it is taken. */
  setting: 'HUB_PORT' | 'HUB_OPS_PORT'
  /** Ends what would hold a connection for ever. */
  onClosing?(): void
}

/** `listening` resolves with the address once the port is open; `hangUp` ends what is still answered. */
export type HttpWorker = Worker & { listening: Promise<string>; hangUp(): void }

/** A server as a worker: running requests end before it does, idle connections do not hold it. */
export function httpWorker({ name, app, port, setting, onClosing }: HttpWorkerOptions): HttpWorker {
  const { promise: listening, resolve, reject } = Promise.withResolvers<string>()
  let server: Server | undefined

  return {
    name,
    listening,
    hangUp: () => server?.closeAllConnections(),
    async run(signal) {
      server = app.listen(port)
      await once(server, 'listening').catch(cause => {
        const detail = `${setting}: cannot listen on ${port}: ${cause.message}.`
        const halt = new HubError('CONFIG_INVALID', { detail, cause })
        reject(halt)
        throw halt
      })
      resolve(addressOf(server))
      await aborted(signal)
      onClosing?.()
      await closeGracefully(server)
    },
  }
}

function addressOf(server: Server): string {
  const address = server.address()
  return address && typeof address === 'object' ? `http://127.0.0.1:${address.port}` : ''
}

async function closeGracefully(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  await closed
}
