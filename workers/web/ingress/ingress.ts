import express, { type NextFunction, type Request, type Response, type Router } from 'express'
import type { Directory } from '#core/accounts/directory.ts'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import type { Gate } from '#core/inbox/gate.ts'
import { createReceiveWebhook, type ReceiveDependencies } from './receive-webhook.ts'
import { notTaken, refusalByHead, unknownConnection, unreadableBody } from './refusals.ts'
import { type Reply, send } from './reply.ts'

export interface IngressDependencies extends ReceiveDependencies {
  directory: Pick<Directory, 'get'>
  gate: Gate
  telemetry: Pick<Telemetry, 'count' | 'observe' | 'log'>
  maxBodyBytes: number
}

/** One label for all connections that do not exist: a stranger must not make series. */
const UNKNOWN = 'unknown'

/** The address of every connection: `/webhooks/<connection>`. Bytes in; a 2xx only once they are safe. */
export function createIngress(dependencies: IngressDependencies): Router {
  const { directory, gate, telemetry, clock, maxBodyBytes } = dependencies
  const receiveWebhook = createReceiveWebhook(dependencies)
  const parseRaw = express.raw({ type: () => true, limit: maxBodyBytes })

  const readBody = (request: Request, response: Response): Promise<Reply | null> =>
    new Promise(resolve =>
      parseRaw(request, response, error => resolve(error ? unreadableBody(error) : null)),
    )

  /** `seen` learns the connection as soon as it is known, so that a failure after that is counted there. */
  const take = async (request: Request, response: Response, seen: { connection: string }): Promise<Reply> => {
    const id = String(request.params['connectionId'])
    const refused = refusalByHead(request, id, maxBodyBytes)
    if (refused) return refused
    const checking = gate.check()
    if (checking) await checking
    const connection = await directory.get(id)
    if (!connection) return unknownConnection()
    seen.connection = connection.id
    return (await readBody(request, response)) ?? receiveWebhook(connection, request)
  }

  const failed = (thrown: unknown, connection: string): Reply => {
    const error = asHubError(thrown)
    // A full inbox refuses thousands a second: counted, not logged.
    if (error.code !== 'INBOX_FULL') {
      telemetry.log('error', 'a webhook was not taken in', {
        connection,
        code: error.code,
        detail: error.detail,
      })
    }
    return notTaken(error)
  }

  const handle = async (request: Request, response: Response): Promise<void> => {
    const startedAt = clock.now()
    const seen = { connection: UNKNOWN }
    const reply = await take(request, response, seen).catch((thrown: unknown) =>
      failed(thrown, seen.connection),
    )
    send(response, reply)
    telemetry.count('webhooks_total', { connection: seen.connection, result: reply.result })
    telemetry.observe('ingest_seconds', clock.now() - startedAt, { connection: seen.connection })
  }

  const router = express.Router({ caseSensitive: true })
  router.all('/webhooks/:connectionId', handle)
  // `%` followed by what is no UTF-8: the router cannot read the id.
  router.use('/webhooks', (error: unknown, _request: Request, response: Response, next: NextFunction) =>
    error instanceof URIError ? send(response, unknownConnection()) : next(error),
  )
  return router
}
