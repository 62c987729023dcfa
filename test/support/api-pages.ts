import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { createLog } from '#core/health/log.ts'
import { createHealth } from '#core/health/snapshot.ts'
import { createTelemetry } from '#core/health/telemetry.ts'
import { createApi } from '#workers/web/api/create-api.ts'
import { createDashboard } from '#workers/web/dashboard/create-dashboard.ts'
import { startApi } from '../integration/api-harness.ts'

const TOPIC = { waiting: 0, delayed: 0, running: 0 }

/** The pages on the real API, health and store; only the workers are missing, so work stays where it is put. */
export async function servePages(dist: string) {
  const world = await startApi()
  const { store, clock, deps } = world
  const telemetry = createTelemetry({ log: createLog('silent'), clock, stats: store.stats })
  const health = createHealth({
    ...{ store, clock, telemetry, directory: deps.directory, connectors: deps.connectors },
    queue: {
      stats: async () => ({ topics: { translate: TOPIC, deliver: TOPIC, publish: TOPIC }, dropped: 0 }),
    },
    flows: deps.config.flows,
  })
  const api = createApi({ ...deps, health, telemetry })
  const server = express().use(api.router).use(createDashboard(dist)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...world,
    url,
    /** Path and query of a fresh sign-in link. */
    async signInPath(role: 'operator' | 'viewer'): Promise<string> {
      const link = new URL((await deps.signIn.createLink({ role })).url)
      return `${url}${link.pathname}${link.search}`
    },
    async close() {
      api.close()
      server.closeAllConnections()
      server.close()
      await world.close()
    },
  }
}
