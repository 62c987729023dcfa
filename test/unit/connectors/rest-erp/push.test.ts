import { describe, expect, it } from '@jest/globals'
import { restErp } from '#connectors/erp/rest/connector.ts'
import type { PushOperation } from '#connectors/sdk/index.ts'
import { type Answer, order, scriptedErp } from './scripted-erp.ts'

/** Pushes against scripted answers; gives the result or the error, and what was asked in order. */
async function push(strategy: string, answers: Answer[], change: Partial<PushOperation> = {}) {
  const erp = scriptedErp(answers, { strategy })
  const result: unknown = await restErp.push!(order(change), erp.context).catch((error: unknown) => error)
  return { result, asked: erp.asked(), requests: erp.requests }
}

const KEY = 'acme:shop:1001'
const none: Answer = { status: 200, body: { items: [] } }
const one = (id: string | number): Answer => ({ status: 200, body: { items: [{ id, key: KEY }] } })

describe('upsert', () => {
  it('puts the newest content under the key, with the colons readable', async () => {
    const { result, asked, requests } = await push('upsert', [{ status: 201, body: { id: 77 } }])
    expect(asked).toEqual([`PUT /order/${KEY}`])
    expect(requests[0]?.body).toEqual({ number: '#1001', key: KEY, revision: 1 })
    expect(result).toEqual({ externalId: '77', status: 201 })
  })

  it('encodes what a path cannot hold', async () => {
    const { asked } = await push('upsert', [{ status: 204 }], { key: 'acme:shop:a/b c?ü' })
    expect(asked).toEqual(['PUT /order/acme:shop:a%2Fb%20c%3F%C3%BC'])
  })

  it('goes on using the key when a link is known, also after a lost answer', async () => {
    const { asked } = await push('upsert', [{ status: 200 }], { externalId: '77', uncertain: true })
    expect(asked).toEqual([`PUT /order/${KEY}`])
  })

  it('takes the key for the link when the answer names none', async () => {
    expect((await push('upsert', [{ status: 204 }])).result).toEqual({ externalId: KEY, status: 204 })
  })

  it('is confirmed by a 409 that names the record', async () => {
    expect((await push('upsert', [{ status: 409, body: { id: 'E1' } }])).result).toEqual({
      externalId: 'E1',
      status: 409,
    })
  })
})

describe('idempotency-key', () => {
  const strategy = 'idempotency-key'

  it('posts a first revision once, with its key', async () => {
    const { result, asked, requests } = await push(strategy, [{ status: 201, body: { id: 'E1' } }])
    expect(asked).toEqual(['POST /order'])
    expect(requests[0]?.headers).toMatchObject({ 'Idempotency-Key': 'order:acme:shop:1001' })
    expect(result).toEqual({ externalId: 'E1', status: 201 })
  })

  it.each([
    ['an earlier send may have arrived', { uncertain: true }, {}],
    ['an earlier revision may have been sent', { revision: 3 }, {}],
    ['the answer says that it is a memory', {}, { headers: { 'idempotent-replayed': 'true' } }],
  ])('writes the newest after the POST when %s', async (_name, change, answer) => {
    const { result, asked } = await push(
      strategy,
      [{ status: 201, body: { id: 'E1' }, ...answer }, { status: 200 }],
      change,
    )
    expect(asked).toEqual(['POST /order', 'PUT /order/E1'])
    expect(result).toEqual({ externalId: 'E1', status: 200 })
  })

  it.each([409, 422])('looks for its record when the key is known with other content (%i)', async status => {
    const { asked, result } = await push(strategy, [{ status }, one('E1'), { status: 200 }])
    expect(asked).toEqual(['POST /order', `GET /order?key=${KEY}`, 'PUT /order/E1'])
    expect(result).toMatchObject({ externalId: 'E1' })
  })

  it('writes the newest to the record that a 409 names', async () => {
    expect((await push(strategy, [{ status: 409, body: { id: 5 } }, { status: 200 }])).asked).toEqual([
      'POST /order',
      'PUT /order/5',
    ])
  })

  it.each([
    none,
    { status: 404 },
    { status: 405 },
    { status: 200, body: { odd: 1 } },
    { status: 200, body: [{ id: 'X' }] },
  ])('refuses a 422 whose record the search does not show (%j)', async search => {
    const { result } = await push(strategy, [{ status: 422, body: { message: 'No such customer.' } }, search])
    expect(result).toMatchObject({ code: 'PARTNER_REFUSED', detail: 'HTTP 422. No such customer.' })
  })

  it('tries again later while the first POST still runs', async () => {
    expect((await push(strategy, [{ status: 409 }, none])).result).toMatchObject({ code: 'PARTNER_CONFLICT' })
  })

  it('updates a linked record in place', async () => {
    expect((await push(strategy, [{ status: 200 }], { externalId: 'E1', revision: 2 })).asked).toEqual([
      'PUT /order/E1',
    ])
  })

  it('asks a person when a linked record is gone and cannot be found', async () => {
    const { result, asked } = await push(strategy, [{ status: 404 }, none], { externalId: 'E1' })
    expect(asked).toEqual(['PUT /order/E1', `GET /order?key=${KEY}`])
    expect(result).toMatchObject({ code: 'PARTNER_REFUSED', status: 404 })
  })

  it('keeps keys apart that a header cannot hold', async () => {
    const sent = new Set<string | undefined>()
    for (const idempotencyKey of [
      'order:ä',
      'order:ö',
      'order: ',
      'order:%C3%A4',
      'order:\u{1F600}',
      'order:\n',
    ]) {
      const { requests } = await push(strategy, [{ status: 201 }], { idempotencyKey })
      sent.add(requests[0]?.headers?.['Idempotency-Key'])
    }
    expect(sent.size).toBe(6)
    for (const value of sent) expect(value).toMatch(/^[!-~]+$/)
  })
})

describe('search-then-create', () => {
  const strategy = 'search-then-create'

  it('creates what the search does not find', async () => {
    const { asked, result } = await push(strategy, [none, { status: 201, body: { id: 9 } }])
    expect(asked).toEqual([`GET /order?key=${KEY}`, 'POST /order'])
    expect(result).toEqual({ externalId: '9', status: 201 })
  })

  it('writes the newest to what it finds', async () => {
    const { asked, result } = await push(strategy, [one(9), { status: 200 }], { uncertain: true })
    expect(asked).toEqual([`GET /order?key=${KEY}`, 'PUT /order/9'])
    expect(result).toEqual({ externalId: '9', status: 200 })
  })

  it('writes the newest to the record that a 409 names, and lets the 409 confirm where there is no such address', async () => {
    const exists: Answer = { status: 409, body: { id: 'E1' } }
    const updated = await push(strategy, [none, exists, { status: 200 }])
    expect(updated.asked).toEqual([`GET /order?key=${KEY}`, 'POST /order', 'PUT /order/E1'])
    expect(updated.result).toEqual({ externalId: 'E1', status: 200 })
    expect((await push(strategy, [none, exists, { status: 404 }])).result).toEqual({
      externalId: 'E1',
      status: 409,
    })
  })

  it('searches again after a 409 that names nothing', async () => {
    expect((await push(strategy, [none, { status: 409 }, one('E1'), { status: 200 }])).result).toMatchObject({
      externalId: 'E1',
    })
    expect((await push(strategy, [none, { status: 409 }, none])).result).toMatchObject({
      code: 'PARTNER_CONFLICT',
    })
  })

  it('makes a linked record again that is gone', async () => {
    const { asked } = await push(strategy, [{ status: 404 }, none, { status: 201, body: { id: 'E2' } }], {
      externalId: 'E1',
    })
    expect(asked).toEqual(['PUT /order/E1', `GET /order?key=${KEY}`, 'POST /order'])
  })

  it('finds a linked record that has another id now', async () => {
    const { asked, result } = await push(strategy, [{ status: 410 }, one('E2'), { status: 200 }], {
      externalId: 'E1',
    })
    expect(asked.at(-1)).toBe('PUT /order/E2')
    expect(result).toMatchObject({ externalId: 'E2' })
  })

  it('does not loop over a record that is listed and cannot be written', async () => {
    expect(
      (await push(strategy, [{ status: 404 }, one('E1'), { status: 404 }], { externalId: 'E1' })).result,
    ).toMatchObject({
      code: 'PARTNER_CONFLICT',
    })
  })

  it('creates nothing when the search fails', async () => {
    for (const status of [400, 401, 429, 500])
      expect((await push(strategy, [{ status }])).asked).toHaveLength(1)
  })
})

describe('every strategy', () => {
  it('says that it sends right before each request that may change something, and before no other', async () => {
    const log: string[] = []
    const erp = scriptedErp([none, { status: 409, body: { id: 'E1' } }, { status: 200 }])
    const inner = erp.context.http
    const http = {
      request: (request: Parameters<typeof inner.request>[0]) => {
        log.push(request.method)
        return inner.request(request)
      },
    }
    await restErp.push!(order({ sending: () => log.push('sending') }), { ...erp.context, http })
    expect(log).toEqual(['GET', 'sending', 'POST', 'sending', 'PUT'])
  })

  it('sends the links of what the document depends on', async () => {
    const dependencies = { 'order:acme:shop:1': 'E7' }
    const { requests } = await push('upsert', [{ status: 200 }], { resource: 'shipment', dependencies })
    expect(requests[0]).toMatchObject({
      url: `http://erp.example/api/shipment/${KEY}`,
      body: { links: dependencies },
    })
  })

  it.each([
    [{ token: ['new', 'old'] }, {}, { authorization: 'Bearer new' }],
    [{ apiKey: ['k'] }, {}, { 'X-Api-Key': 'k' }],
    [{ apiKey: ['k'] }, { apiKeyHeader: 'X-Erp' }, { 'X-Erp': 'k' }],
    [
      { password: ['p'] },
      { username: 'u' },
      { authorization: `Basic ${Buffer.from('u:p').toString('base64')}` },
    ],
    [{}, {}, {}],
  ])('proves itself with %j and %j', async (secrets, settings, headers) => {
    const erp = scriptedErp(
      [{ status: 200 }],
      { strategy: 'upsert', ...settings },
      secrets as Record<string, string[]>,
    )
    await restErp.push!(order(), erp.context)
    expect(erp.requests[0]?.headers).toEqual(headers)
  })

  it('takes an address with a slash at its end, and hands time limit and signal on', async () => {
    const erp = scriptedErp([{ status: 200 }], {
      strategy: 'upsert',
      baseUrl: 'http://erp.example/api//',
      timeoutMs: 500,
    })
    await restErp.push!(order(), erp.context)
    expect(erp.asked()).toEqual([`PUT /order/${KEY}`])
    expect(erp.requests[0]).toMatchObject({ timeoutMs: 500, signal: erp.context.signal })
  })
})

describe('probe', () => {
  it.each([200, 204, 404, 405])('is content with %i', async status => {
    expect(await restErp.probe!(scriptedErp([{ status }]).context)).toEqual({
      ok: true,
      detail: `HTTP ${status}.`,
    })
  })

  it.each([
    [401, 'UNAUTHORIZED'],
    [500, 'PARTNER_FAILED'],
  ])('reports %i as %s', async (status, code) => {
    await expect(restErp.probe!(scriptedErp([{ status }]).context)).rejects.toMatchObject({ code })
  })
})
