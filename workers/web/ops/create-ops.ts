import { Router } from 'express'
import { publishGauges } from '#core/health/gauges.ts'
import type { Health } from '#core/health/snapshot.ts'
import type { HubTelemetry } from '#core/health/telemetry.ts'
import { type ReadinessSources, readiness } from './readiness.ts'

export interface OpsDeps extends ReadinessSources {
  health: Pick<Health, 'snapshot'>
  telemetry: Pick<HubTelemetry, 'gauge' | 'metricsText' | 'log'>
  /** Of the hub, for `crossdock_info`. */
  version?: string
}

/** Prometheus text exposition format 0.0.4. */
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** What machines ask: is the process alive, may it get traffic, and its numbers. */
export function createOps({ health, telemetry, version = '0', ...sources }: OpsDeps): Router {
  const router = Router()

  // An answer at all is the proof: a blocked event loop gives none.
  router.get('/livez', (_request, response) => {
    response.set('cache-control', 'no-store').json({ alive: true })
  })

  router.get('/readyz', async (_request, response) => {
    const answer = await readiness(sources)
    response
      .status(answer.ready ? 200 : 503)
      .set('cache-control', 'no-store')
      .json(answer)
  })

  router.get('/metrics', async (_request, response) => {
    try {
      publishGauges(telemetry, await health.snapshot(), version)
    } catch (error) {
      // Counters are worth more than gauges: with the store away they still tell what happens.
      telemetry.log('warn', 'gauges are not current', { error })
    }
    response.set('content-type', METRICS_TYPE).send(await telemetry.metricsText())
  })

  return router
}
