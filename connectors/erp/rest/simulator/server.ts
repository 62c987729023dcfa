import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Clock, systemClock } from '../../../sdk/index.ts'
import { type ErpCall, ErpModel, type ErpRules } from './erp-model.ts'
import { type ErpFaults, type Fault, FaultPlan } from './faults.ts'
import type { ErpRecord } from './records.ts'
import { respond } from './respond.ts'
import { type ErpState, RequestLog, type SeenRequest, stateOf } from './state.ts'

export type { SeenRequest }

export interface ErpSimulatorOptions extends Partial<ErpRules> {
  /** Decides which requests fail; gives [0, 1). */
  random: () => number
  clock?: Clock
  faults?: ErpFaults
  /** Asks for `Authorization: Bearer <token>`. */
  token?: string
  idempotencyHeader?: string
}

export interface ErpSimulator {
  /** Resolves with the base URL. */
  listen(port?: number): Promise<string>
  close(): Promise<void>
  /** Refuses connections until `up`; what is stored stays. */
  down(): Promise<void>
  up(): Promise<void>
  /** Drops every connection, as a process that is started again does. */
  restart(): Promise<void>
  /** Probabilities, changeable while it runs. */
  readonly faults: ErpFaults
  failNext(fault: Fault, method?: string): void
  records(resource: string): ErpRecord[]
  /** Deletes a record as a person would. */
  remove(resource: string, id: string): boolean
  state(): ErpState
  /** Newest last, at most 10 000. */
  readonly requests: readonly SeenRequest[]
}

/** A small ERP over HTTP that keeps the contract of the README under all three strategies, and fails on demand. */
export function createErpSimulator(options: ErpSimulatorOptions): ErpSimulator {
  const { random, clock = systemClock, token, idempotencyHeader = 'idempotency-key' } = options
  const model = new ErpModel({
    payloadMismatch: options.payloadMismatch ?? 'replay',
    uniqueKeys: options.uniqueKeys ?? false,
  })
  const plan = new FaultPlan({ ...options.faults }, random)
  const log = new RequestLog()
  let server: Server | null = null
  let port = 0

  function take(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => handle(request, response, chunks))
  }

  function handle(request: IncomingMessage, response: ServerResponse, chunks: Buffer[]): void {
    const { method = 'GET', url: target = '/', headers } = request
    if (target.startsWith('/_state')) return void response.end(JSON.stringify(stateOf(model, log)))
    if (token && headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end()
    const call = callOf({ method, target, idempotencyKey: headers[idempotencyHeader.toLowerCase()], chunks })
    const fault = plan.next(method)
    const status = respond({ response, fault, faults: plan.faults, clock, answer: () => model.answer(call) })
    log.add({ method, target, status })
  }

  async function up(): Promise<void> {
    const started = createServer({ keepAliveTimeout: 30_000 }, take)
    server = started
    await new Promise<void>((resolve, reject) =>
      started.once('error', reject).listen(port, '127.0.0.1', resolve),
    )
    port = (started.address() as AddressInfo).port
  }

  async function down(): Promise<void> {
    const stopped = server
    server = null
    if (!stopped) return
    const closed = new Promise(resolve => stopped.close(resolve))
    stopped.closeAllConnections()
    await closed
  }

  return {
    async listen(wanted = 0) {
      port = wanted
      await up()
      return `http://127.0.0.1:${port}`
    },
    close: down,
    down,
    up,
    async restart() {
      await down()
      await up()
    },
    faults: plan.faults,
    failNext: (fault, method) => plan.failNext(fault, method),
    records: resource => model.of(resource).all(),
    remove: (resource, id) => model.of(resource).remove(id),
    state: () => stateOf(model, log),
    requests: log.kept,
  }
}

interface Arrived {
  method: string
  target: string
  idempotencyKey: string | string[] | undefined
  chunks: Buffer[]
}

function callOf({ method, target, idempotencyKey, chunks }: Arrived): ErpCall {
  const [path = '', query = ''] = target.split('?', 2)
  const [resource = '', id] = path.split('/').filter(Boolean).map(decodeURIComponent)
  return {
    method,
    resource,
    id: id ?? null,
    key: new URLSearchParams(query).get('key'),
    idempotencyKey: Array.isArray(idempotencyKey) ? idempotencyKey[0] : idempotencyKey,
    text: Buffer.concat(chunks).toString(),
  }
}
