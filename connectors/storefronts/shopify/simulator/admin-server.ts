import { createServer, type IncomingMessage, type Server } from 'node:http'
import {
  actualCostOf,
  costOf,
  OperationFault,
  project,
  type Resolver,
  UndefinedField,
} from './graphql-execute.ts'
import { GraphqlSyntaxError, parseOperation } from './graphql-parse.ts'
import type { LeakyBucket } from './leaky-bucket.ts'
import type { ShopTokens } from './shop-tokens.ts'

/** Dearest query that Shopify takes, whatever the bucket holds. */
const MAX_QUERY_COST = 1_000
const MUTATION_COST = 10

export interface Answer {
  status: number
  headers?: Record<string, string>
  body: string | Buffer
}

export interface AdminServerOptions {
  tokens: ShopTokens
  bucket: LeakyBucket
  roots: { query: Record<string, unknown>; mutation: Record<string, Resolver> }
  onThrottled: () => void
  /** Files that bulk operations wrote. */
  file: (target: string, range: string | undefined) => Answer | undefined
  /** Takes the place of the next answer, if it gives one. */
  interrupt: () => Answer | undefined
}

const json = (status: number, body: unknown): Answer => ({ status, body: JSON.stringify(body) })

/** `POST /admin/api/{version}/graphql.json` and `POST /admin/oauth/access_token` of one shop. */
export function createAdminServer(options: AdminServerOptions): Server {
  return createServer(async (request, response) => {
    const answer = options.interrupt() ?? (await answerTo(request, options))
    response.writeHead(answer.status, {
      'content-type': 'application/json; charset=utf-8',
      ...answer.headers,
    })
    response.end(answer.body)
  })
}

async function answerTo(request: IncomingMessage, options: AdminServerOptions): Promise<Answer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString()
  const file = request.method === 'GET' && options.file(request.url ?? '', request.headers.range)
  if (file) return file
  if (request.method === 'POST' && request.url === '/admin/oauth/access_token') {
    const { status, body: given } = options.tokens.exchange(formOrJson(request, body))
    return json(status, given)
  }
  if (request.method !== 'POST' || !/^\/admin\/api\/[^/]+\/graphql\.json$/.test(request.url ?? '')) {
    return json(404, { errors: 'Not Found' })
  }
  if (!options.tokens.isLive(String(request.headers['x-shopify-access-token']))) {
    return json(401, {
      errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
    })
  }
  try {
    return execute(JSON.parse(body), options)
  } catch (thrown) {
    return json(400, { errors: thrown instanceof Error ? thrown.message : 'Bad request' })
  }
}

const formOrJson = ({ headers }: IncomingMessage, body: string): Record<string, string> =>
  headers['content-type']?.includes('json') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))

function execute(
  { query, variables }: { query: string; variables?: Record<string, unknown> },
  { bucket, roots, onThrottled }: AdminServerOptions,
): Answer {
  try {
    const { kind, fields } = parseOperation(query, variables ?? {})
    const cost = costOf(fields) + (kind === 'mutation' ? MUTATION_COST : 0)
    if (cost > MAX_QUERY_COST) return json(200, { errors: [tooCostly(cost)] })
    if (!bucket.take(cost)) {
      onThrottled()
      return json(200, { errors: [THROTTLED], extensions: costs({ cost, actual: null, bucket }) })
    }
    const data = project(roots[kind], fields)
    const actual = Math.min(cost, kind === 'mutation' ? MUTATION_COST : actualCostOf(data) - 1)
    bucket.giveBack(cost - actual)
    return json(200, { data, extensions: costs({ cost, actual, bucket }) })
  } catch (thrown) {
    if (thrown instanceof UndefinedField) return json(200, { errors: [undefinedField(thrown)] })
    if (thrown instanceof OperationFault)
      return json(200, { errors: [{ message: thrown.message, extensions: { code: thrown.code } }] })
    if (thrown instanceof GraphqlSyntaxError) return json(200, { errors: [{ message: thrown.message }] })
    throw thrown
  }
}

const costs = ({ cost, actual, bucket }: { cost: number; actual: number | null; bucket: LeakyBucket }) => ({
  cost: { requestedQueryCost: cost, actualQueryCost: actual, throttleStatus: bucket.status() },
})

const THROTTLED = {
  message: 'Throttled',
  extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
}

const tooCostly = (cost: number) => ({
  message: `Query cost is ${cost}, which exceeds the single query max cost limit (${MAX_QUERY_COST}).`,
  extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: MAX_QUERY_COST },
})

const undefinedField = ({ message, field }: UndefinedField) => ({
  message,
  extensions: { code: 'undefinedField', fieldName: field },
})
