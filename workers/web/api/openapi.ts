import { stringify } from 'yaml'
import type { ObjectSchema, Route } from './route.ts'

type Json = Record<string, unknown>

const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'instance'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'A code of core/errors/ERRORS.md' },
    instance: { type: 'string' },
    problems: { type: 'array', items: { type: 'object' }, description: 'Of a mapping that does not compile' },
    cases: { type: 'array', items: { type: 'object' }, description: 'Of a mapping, those that fail' },
  },
}

const PAGE: Json = {
  type: 'object',
  required: ['items', 'next', 'total'],
  properties: {
    items: { type: 'array', items: { type: 'object' } },
    next: { type: ['string', 'null'], description: 'Give it back as `after`; null on the last page' },
    total: { type: 'integer', description: 'Matches over all pages' },
  },
}

/** OpenAPI 3.1, made from the register of routes. */
export const openApi = (routes: readonly Route[]): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Crossdock',
    version: '1',
    description:
      'Times are RFC 3339. Lists are newest first unless sorted by id and continue by `after`. Errors are RFC 9457 problems.',
  },
  servers: [{ url: '/api/v1' }],
  security: [{ key: [] }, { session: [] }],
  paths: pathsOf(routes),
  components: {
    securitySchemes: {
      key: { type: 'http', scheme: 'bearer', description: 'An API key: `hub keys create`' },
      session: { type: 'apiKey', in: 'cookie', name: 'crossdock_session' },
    },
    schemas: { Problem: PROBLEM, Page: PAGE },
  },
})

/** The same as a file: `workers/web/openapi.yaml`, which a test compares. */
export const openApiYaml = (routes: readonly Route[]): string =>
  `# Made from workers/web/api/routes.ts by \`npm run generate\`. Do not edit.\n${stringify(openApi(routes), { aliasDuplicateObjects: false })}`

function pathsOf(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return paths
}

function operationOf(route: Route): Json {
  const parameters = [...pathParameters(route.path), ...queryParameters(route.query)]
  return {
    operationId: route.handler.name,
    summary: route.summary,
    tags: [route.path.split('/')[1]],
    ...(route.action === null ? { security: [] } : { 'x-action': route.action }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: bodyOf(route.body) } : {}),
    responses: { [String(statusOf(route))]: answerOf(route), default: problemAnswer },
  }
}

const statusOf = ({ status, answer }: Route): number => status ?? (answer === 'none' ? 204 : 200)

const problemAnswer: Json = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

function answerOf({ answer = 'object' }: Route): Json {
  if (answer === 'none') return { description: 'Done' }
  if (answer === 'stream')
    return {
      description: 'Server-sent events',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    }
  const schema = answer === 'page' ? { $ref: '#/components/schemas/Page' } : { type: 'object' }
  return {
    description: answer === 'page' ? 'A page' : 'The answer',
    content: { 'application/json': { schema } },
  }
}

const bodyOf = (schema: ObjectSchema): Json => ({
  required: (schema.required ?? []).length > 0,
  content: { 'application/json': { schema } },
})

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))

const queryParameters = (query: ObjectSchema | undefined): Json[] =>
  Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query?.required?.includes(name) ?? false,
    schema,
  }))
