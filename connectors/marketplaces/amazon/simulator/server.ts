import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Account } from './account.ts'
import { type Answer, type Asked, createRates, failure, type Route } from './exchange.ts'
import type { Login } from './login.ts'
import { accountRoutes } from './routes-account.ts'
import { orderRoutes } from './routes-orders.ts'
import { reportRoutes } from './routes-reports.ts'
import { stockRoutes } from './routes-stock.ts'
import { settlementFile } from './settlement-file.ts'
import { answerSqs } from './sqs-server.ts'

export interface ServerOptions {
  account: Account
  login: Login
  accessKeyId: string
  onAsked?(asked: Asked): void
}

/** Login, Selling Partner API, document store and queue behind one port. */
export function createAmazonServer({ account, login, accessKeyId, onAsked }: ServerOptions): Server {
  const rates = createRates(() => account.now())
  const routes: Route[] = [orderRoutes, stockRoutes, reportRoutes, accountRoutes].map(make => make(account))

  const api = (asked: Asked): Answer => {
    const token = asked.headers['x-amz-access-token']
    if (!token) return failure(403, 'Unauthorized', 'Access to requested resource is denied.')
    if (!asked.restricted && !login.isLive(token))
      return {
        status: 403,
        body: {
          errors: [
            {
              code: 'Unauthorized',
              message: 'Access to requested resource is denied.',
              details: 'The access token you provided has expired.',
            },
          ],
        },
      }
    const throttled = rates.take(asked)
    if (throttled) return throttled
    const answer = routes.map(route => route(asked)).find(found => found !== undefined)
    return { ...(answer ?? failure(404, 'NotFound', 'No such resource.')), headers: rates.header(asked) }
  }

  const answerTo = (asked: Asked): Answer => {
    if (asked.path === '/auth/o2/token') return login.answer(asked)
    if (asked.headers['x-amz-target']) return answerSqs(account, asked, accessKeyId)
    const [, report] = /^\/s3\/document-(.+)$/.exec(asked.path) ?? []
    if (report === undefined) return api(asked)
    const known = account.reports.get(report)
    // Whoever shows a token here shows it to a stranger.
    if (!known || asked.headers['x-amz-access-token'])
      return { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: settlementFile(known.settlement) }
  }

  return createServer((request, response) => {
    read(request).then(
      asked => {
        onAsked?.(asked)
        write(response, answerTo(asked))
      },
      () => write(response, failure(400, 'InvalidInput', 'The request cannot be read.')),
    )
  })
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { method = 'GET', url = '/' } = request
  const origin = `http://${request.headers.host}`
  const { pathname, searchParams } = new URL(url, origin)
  const headers = request.headers as Record<string, string | undefined>
  return {
    ...{ method, path: pathname, query: searchParams, headers, origin },
    body: parse(Buffer.concat(chunks).toString(), headers['content-type'] ?? ''),
    restricted: (headers['x-amz-access-token'] ?? '').startsWith('Atz.sprdt|'),
  }
}

function parse(text: string, type: string): Record<string, unknown> {
  if (text === '') return {}
  return type.includes('form')
    ? Object.fromEntries(new URLSearchParams(text))
    : (JSON.parse(text) as Record<string, unknown>)
}

function write(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const isText = typeof body === 'string' || Buffer.isBuffer(body)
  response.writeHead(status, {
    'content-type': isText ? 'application/xml' : 'application/json',
    'x-amzn-requestid': 'simulated',
    ...headers,
  })
  response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body))
}
