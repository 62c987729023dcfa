import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { HubError } from '#core/errors/hub-error.ts'
import { openApiYaml } from '#workers/web/api/openapi.ts'
import { ROUTES } from '#workers/web/api/routes.ts'
import { type ApiWorld, type CallOptions, startApi } from './api-harness.ts'

let world: ApiWorld
let key: string
beforeEach(async () => {
  world = await startApi()
  key = await world.keyOf({ role: 'admin' })
})
afterEach(() => world.close())

const api = (path: string, init: CallOptions = {}) => world.call(`/api/v1${path}`, { key, ...init })
const nameOf = ({ method, path }: { method: string; path: string }) =>
  `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`

interface Description {
  paths: Record<string, Record<string, { operationId: string; parameters?: { schema: object }[] }>>
}

describe('the register of routes', () => {
  it('names no route and no handler twice', () => {
    expect(new Set(ROUTES.map(nameOf)).size).toBe(ROUTES.length)
    expect(new Set(ROUTES.map(({ handler }) => handler.name)).size).toBe(ROUTES.length)
  })

  it('is what openapi.json describes and what the file in the project says', async () => {
    const described = (await world.call('/api/v1/openapi.json')).json as unknown as Description
    const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
    )
    expect(operations.sort()).toEqual(ROUTES.map(nameOf).sort())
    const file = await readFile(new URL('../../workers/web/openapi.yaml', import.meta.url), 'utf8')
    expect(file).toBe(openApiYaml(ROUTES))
    expect(parse(file)).toEqual(described)
  })

  it('describes parameters and bodies by schemas that compile', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
    for (const { query, body } of ROUTES)
      for (const schema of [query, body]) if (schema) expect(ajv.compile(schema)).toBeInstanceOf(Function)
  })

  it.each(ROUTES.filter(({ action }) => action !== null).map(route => [nameOf(route), route] as const))(
    '%s needs a credential',
    async (_, { method, path }) => {
      const { status } = await world.call(`/api/v1${path.replaceAll(/:\w+/g, 'x')}`, { method })
      expect(status).toBe(401)
    },
  )

  it.each(
    ROUTES.filter(({ action, method }) => action !== null && method !== 'GET').map(
      route => [nameOf(route), route] as const,
    ),
  )('%s is refused to a viewer', async (_, { action, method, path }) => {
    const viewer = await world.keyOf({ role: 'viewer' })
    const { status } = await world.call(`/api/v1${path.replaceAll(/:\w+/g, 'x')}`, { key: viewer, method })
    expect(status === 403).toBe(action !== 'read')
  })
})

describe('problems', () => {
  it('answer unknown routes, with and without a key', async () => {
    for (const init of [{ key }, {}]) {
      const { status, headers, json } = await world.call('/api/v1/nothing?token=secret', init)
      expect([status, headers.get('content-type'), json['code'], json['instance']]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
        'NOT_FOUND',
        '/api/v1/nothing',
      ])
    }
  })

  it.each<[string, string, number]>([
    ['invalid JSON', '{"reason":', 400],
    ['no JSON object', '"reason"', 400],
    ['an unknown member', '{"reason":"x","other":1}', 400],
    ['invalid UTF-8 in quotes', '\uD800', 400],
    ['more than 1 MB', JSON.stringify({ reason: 'x'.repeat(1_100_000) }), 413],
  ])('answer a body with %s', async (_, body, status) => {
    const answer = await api('/dead-letters/x/discard', { method: 'POST', body })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ])
  })

  it('answer a path that cannot be decoded', async () =>
    expect((await api('/messages/%E0%A4%A')).status).toBe(400))

  it('tell nothing of what failed inside', async () => {
    world.deps.health.snapshot = async () => {
      throw new Error('password S3CRET refused at /var/lib/hub')
    }
    const { status, json, text } = await api('/health')
    expect([status, json['code']]).toEqual([500, 'UNEXPECTED'])
    expect(text).not.toMatch(/S3CRET|var/)
  })

  it('pass codes of the register on', async () => {
    world.deps.health.snapshot = async () => {
      throw new HubError('STATE_CONFLICT', { detail: 'Not now.' })
    }
    expect((await api('/health')).json).toMatchObject({
      status: 409,
      code: 'STATE_CONFLICT',
      detail: 'Not now.',
    })
  })

  it('are never cached, nor is anything else', async () => {
    for (const path of ['/health', '/nothing', '/session'])
      expect((await api(path)).headers.get('cache-control')).toBe('no-store')
  })
})
