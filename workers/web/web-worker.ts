import express, { type Router } from 'express'
import { maskPersonal } from '#core/deadletter/mask.ts'
import type { Health } from '#core/health/snapshot.ts'
import { createGate } from '#core/inbox/gate.ts'
import type { Base } from '../compose/base.ts'
import type { Engine } from '../compose/engine.ts'
import type { Mappings } from '../compose/mappings.ts'
import { createApi } from './api/create-api.ts'
import { createConnectPages } from './connect/create-connect.ts'
import { createDashboard } from './dashboard/create-dashboard.ts'
import { type HttpWorker, httpWorker } from './http-worker.ts'
import { createIngress } from './ingress/ingress.ts'
import { sayGoodbye } from './ops/say-goodbye.ts'

export interface WebDeps {
  base: Base
  engine: Engine
  mappings: Mappings
  health: Health
  ops: Router
  /** The process was told to stop. */
  draining(): boolean
}

/** What partners and people reach: ingress, API, pages, and what machines ask. */
export function webWorker({ base, engine, mappings, health, ops, draining }: WebDeps): HttpWorker {
  const { config, store, clock } = base
  const api = createApi({
    ...base,
    health,
    mask: maskPersonal,
    catalogue: mappings.catalogue,
    publishing: mappings.publishing,
    ...engine.whatIf,
    shipBy: engine.orchestration.shipBy,
    config: {
      flows: config.flows,
      tenants: config.tenants,
      apps: Object.keys(config.apps),
      publicUrl: config.publicUrl,
      maxBodyBytes: config.inbox.maxBodyBytes,
    },
  })
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  const gate = createGate({ upkeep: store.upkeep, clock, highWater: config.inbox.highWater })
  app.use(sayGoodbye(draining))
  app.use(
    createIngress({
      ...base,
      accept: engine.accept,
      gate,
      publicUrl: config.publicUrl,
      maxBodyBytes: config.inbox.maxBodyBytes,
    }),
  )
  app.use(ops)
  app.use(api.router)
  app.use(createConnectPages(base))
  app.use(createDashboard('workers/web/dashboard/dist'))
  return httpWorker({ name: 'web', app, port: config.port, setting: 'HUB_PORT', onClosing: api.close })
}
