import { once } from 'node:events'
import type { Server } from 'node:http'
import express from 'express'
import { maskPersonal } from '#core/deadletter/mask.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Health } from '#core/health/snapshot.ts'
import { createGate } from '#core/inbox/gate.ts'
import type { Base } from '../compose/base.ts'
import type { Engine } from '../compose/engine.ts'
import type { Mappings } from '../compose/mappings.ts'
import type { WorkerHealth } from '../supervise.ts'
import { version } from '../version.ts'
import type { Worker } from '../worker.ts'
import { aborted } from '../worker.ts'
import { createApi } from './api/create-api.ts'
import { createDashboard } from './dashboard/create-dashboard.ts'
import { createIngress } from './ingress/ingress.ts'
import { createOps } from './ops/create-ops.ts'

export interface WebDeps {
  base: Base
  engine: Engine
  mappings: Mappings
  health: Health
  workers(): readonly WorkerHealth[]
}

/** The HTTP side as a worker; `listening` resolves once the port is open. */
export function webWorker({
  base,
  engine,
  mappings,
  health,
  workers,
}: WebDeps): Worker & { listening: Promise<string> } {
  const { config, store, clock, telemetry } = base
  const { promise: listening, resolve, reject } = Promise.withResolvers<string>()
  const api = createApi({
    ...base,
    health,
    mask: maskPersonal,
    catalogue: mappings.catalogue,
    publishing: mappings.publishing,
    ...engine.whatIf,
    config: {
      flows: config.flows,
      tenants: config.tenants,
      publicUrl: config.publicUrl,
      maxBodyBytes: config.inbox.maxBodyBytes,
    },
  })
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  const gate = createGate({ upkeep: store.upkeep, clock, highWater: config.inbox.highWater })
  app.use(
    createIngress({
      ...base,
      accept: engine.accept,
      gate,
      publicUrl: config.publicUrl,
      maxBodyBytes: config.inbox.maxBodyBytes,
    }),
  )
  app.use(createOps({ store, health, telemetry, workers, clock, version }))
  app.use(api.router)
  app.use(createDashboard('workers/web/dashboard/dist'))

  return {
    name: 'web',
    listening,
    async run(signal) {
      const server = app.listen(config.port)
      await once(server, 'listening').catch(error => {
        const halt = new HubError('CONFIG_INVALID', {
          detail: `HUB_PORT: cannot listen on ${config.port}: ${error.message}.`,
          cause: error,
        })
        reject(halt)
        throw halt
      })
      resolve(addressOf(server))
      await aborted(signal)
      api.close()
      await closeGracefully(server)
    },
  }
}

function addressOf(server: Server): string {
  const address = server.address()
  return address && typeof address === 'object' ? `http://127.0.0.1:${address.port}` : ''
}

/** Running requests end; idle keep-alive connections do not hold the process. */
async function closeGracefully(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  await closed
}
