import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express, { type Response } from 'express'
import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import { createDashboard } from '#workers/web/dashboard/create-dashboard.ts'
import { serveConnectors } from './dashboard-connectors.ts'
import { serveDrift } from './dashboard-drift.ts'
import {
  fixtureHeld,
  fixtureLetter,
  fixtureLetterView,
  fixtureTrace,
  MANY_CAUSES,
  snapshotCauses,
} from './dashboard-letters.ts'
import { serveMappings } from './dashboard-mappings.ts'
import { serveSettlements } from './dashboard-settlements.ts'
import { emptySnapshot, fixtureSnapshot } from './dashboard-snapshot.ts'
import { serveStock } from './dashboard-stock.ts'

export interface DashboardServer {
  url: string
  /** What the browser asked for and sent. */
  calls: { method: string; path: string; body: unknown }[]
  signOut(): void
  /** From now on the API answers nothing. */
  breakApi(): void
  close(): Promise<void>
}

export interface DashboardServerOptions {
  empty?: boolean
  role?: string
  /** Nobody is signed in yet. */
  signedOut?: boolean
  /** The list of mappings is never answered. */
  silent?: boolean
  /** The letters are orders that a rule holds. */
  held?: boolean
  /** The payouts are hard to show. */
  ledger?: 'hard'
  /** There are more causes than the snapshot carries. */
  manyCauses?: boolean
}

/** The built pages before canned answers of the API, with three dead letters that a replay solves. */
export async function serveDashboard(
  dist: string,
  options: DashboardServerOptions = {},
): Promise<DashboardServer> {
  const calls: DashboardServer['calls'] = []
  const streams = new Set<Response>()
  let letters = [1, 2, 3]
  let signedIn = !options.signedOut
  let broken = false
  const snapshot = (): HealthSnapshot => {
    if (options.empty) return emptySnapshot()
    const { causes, ...rest } = fixtureSnapshot(letters.length)
    return options.manyCauses ? { ...rest, causes: snapshotCauses(causes[0]!) } : { ...rest, causes }
  }
  const push = () => {
    for (const stream of streams) stream.write(`event: health\ndata: ${JSON.stringify(snapshot())}\n\n`)
  }
  const close = (ids: number[]) => {
    letters = letters.filter(n => !ids.includes(n))
    push()
  }
  const numberOf = (id: unknown) => Number(String(id).split('-').at(-1))

  const api = express.Router()
  api.use(express.json())
  api.use((request, response, next) => {
    calls.push({ method: request.method, path: request.url, body: request.body })
    if (broken) return void request.socket.destroy()
    if (!signedIn && request.path !== '/sign-in')
      return void response.status(401).json({ title: 'No valid key or session.' })
    next()
  })
  api.get('/session', (_, response) => {
    const actions =
      options.role === 'viewer'
        ? ['read']
        : ['read', 'read-payload', 'replay', 'edit', 'discard', 'mappings', 'connections']
    response.json({ id: 's1', role: options.role ?? 'operator', label: null, tenant: null, actions })
  })
  api.post('/sign-in', (request, response) => {
    signedIn = (request.body as { token: string }).token === 'good-token'
    if (signedIn) response.json({ expiresAt: '2026-01-15T23:00:00Z' })
    else
      response
        .status(401)
        .json({ title: 'No valid key or session.', detail: 'The sign-in link is unknown, used or expired.' })
  })
  api.get('/health', (_, response) => void response.json(snapshot()))
  api.get('/events', (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    streams.add(response)
    response.once('close', () => streams.delete(response))
    push()
  })
  api.get(
    '/dead-letters',
    (_, response) =>
      void response.json({
        items: letters.map(n => (options.held ? fixtureHeld(n) : fixtureLetter(n))),
        ...{ next: null, total: letters.length },
      }),
  )
  api.get(
    '/dead-letters/:id',
    (request, response) => void response.json(fixtureLetterView(numberOf(request.params.id))),
  )
  api.post('/dead-letters/:id/:act', (request, response) => {
    response.json({ result: request.params.act })
    close([numberOf(request.params.id)])
  })
  api.get('/causes', (_, response) => void response.json({ items: MANY_CAUSES, next: null, total: 23 }))
  api.get('/causes/:id', (request, response) => {
    const cause = MANY_CAUSES.find(({ id }) => id === request.params.id)
    if (cause) response.json({ ...cause, letters: [] })
    else response.status(404).json({ title: 'There is no such thing.' })
  })
  api.get('/causes/:id/preview', (_, response) => void response.json({ matched: letters.length }))
  api.post('/causes/:id/replay', (_, response) => {
    response
      .status(202)
      .json({ matched: letters.length, replayed: letters.length, skipped: 0, remaining: 0, lastDueAt: null })
    close(letters)
  })
  api.get('/trace', (request, response) => {
    const number = String(request.query['number'])
    const isKnown = number === '#1001' || request.query['document'] === 'order:1'
    response.json(isKnown ? fixtureTrace('#1001') : { total: 0, documents: [] })
  })

  serveConnectors(api, options)
  serveMappings(api, options)
  serveDrift(api, options)
  serveSettlements(api, options)
  serveStock(api, options)

  const server = express().use('/api/v1', api).use(createDashboard(dist)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    signOut: () => {
      signedIn = false
      for (const stream of streams) stream.end()
    },
    breakApi: () => {
      broken = true
      for (const stream of streams) stream.end()
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
