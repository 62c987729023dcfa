import { describe, expect, it } from '@jest/globals'
import { restErp } from '#connectors/erp/rest/connector.ts'
import { HubError } from '#connectors/sdk/index.ts'
import { type Answer, order, scriptedErp } from './scripted-erp.ts'

const KEY = 'acme:shop:1001'

async function outcome(answers: Answer[], strategy = 'upsert'): Promise<unknown> {
  const erp = scriptedErp(answers, { strategy })
  return restErp.push!(order(), erp.context).catch((error: unknown) => error)
}

describe('what an answer means', () => {
  it.each([
    [400, 'PARTNER_REFUSED', 'park'],
    [401, 'UNAUTHORIZED', 'reauthorize'],
    [403, 'UNAUTHORIZED', 'reauthorize'],
    [404, 'PARTNER_REFUSED', 'park'],
    [408, 'PARTNER_TIMEOUT', 'retry'],
    [409, 'PARTNER_CONFLICT', 'retry'],
    [410, 'PARTNER_REFUSED', 'park'],
    [413, 'PARTNER_REFUSED', 'park'],
    [422, 'PARTNER_REFUSED', 'park'],
    [423, 'PARTNER_CONFLICT', 'retry'],
    [429, 'PARTNER_THROTTLED', 'wait'],
    [500, 'PARTNER_FAILED', 'retry'],
    [502, 'PARTNER_FAILED', 'retry'],
    [503, 'PARTNER_FAILED', 'retry'],
    [504, 'PARTNER_FAILED', 'retry'],
    [304, 'PARTNER_REDIRECTED', 'park'],
    [100, 'PARTNER_ANSWER_INVALID', 'retry'],
  ])('%i is %s: %s', async (status, code, recovery) => {
    const error = await outcome([{ status }])
    expect(error).toBeInstanceOf(HubError)
    expect(error).toMatchObject({ code, recovery, status })
  })

  it.each([429, 503])('waits after %i as long as it was told', async status => {
    expect(await outcome([{ status, headers: { 'retry-after': '12' } }])).toMatchObject({
      ...{ code: 'PARTNER_THROTTLED', recovery: 'wait', retryAfterMs: 12_000 },
    })
  })

  it('does not take a sign-in page for a confirmation', async () => {
    const page: Answer = {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!doctype html><form>',
    }
    expect(await outcome([page])).toMatchObject({ code: 'PARTNER_ANSWER_INVALID' })
    expect(await outcome([page], 'search-then-create')).toMatchObject({ code: 'PARTNER_ANSWER_INVALID' })
  })
})

describe('what the operator reads', () => {
  const detailOf = async (body: unknown): Promise<string> =>
    ((await outcome([{ status: 422, body }])) as HubError).detail

  it.each([
    [{ type: 'about:blank', title: 'Invalid', detail: 'Line 2 has no price.' }, 'Line 2 has no price.'],
    [{ message: 'No stock.' }, 'No stock.'],
    [{ error: { message: 'Bad SKU.' } }, 'Bad SKU.'],
    [{ errors: [{ message: 'First.' }, { message: 'Second.' }] }, 'First.'],
    ['Plain\n  text.', 'Plain text.'],
    ['<html><body>Oops</body></html>', ''],
    [{ code: 12 }, ''],
  ])('%j → %s', async (body, sentence) => {
    expect(await detailOf(body)).toBe(sentence ? `HTTP 422. ${sentence}` : 'HTTP 422.')
  })

  it('is short, and shows neither e-mail nor phone nor token', async () => {
    const detail = await detailOf({
      message: `jane@example.com +49 170 1234567 Bearer abc.def ${'long '.repeat(100)}`,
    })
    expect(detail).not.toMatch(/jane|170|abc\.def/)
    expect(detail.length).toBeLessThanOrEqual(310)
  })

  it('groups refusals that differ only in numbers and names', async () => {
    const origin = async (message: string) =>
      ((await outcome([{ status: 422, body: { message } }])) as HubError).fingerprint
    expect(await origin('Customer 17 is unknown')).toBe(await origin('Customer 4711 is unknown'))
    expect(await origin('SKU "A-1" is unknown')).toBe(await origin('SKU "B" is unknown'))
    expect(await origin('SKU "A-1" is unknown')).not.toBe(await origin('SKU "A-1" is locked'))
  })
})

describe('the id of an answer', () => {
  it.each([
    [{ id: 12 }, {}, '12'],
    [{ id: 'abc' }, {}, 'abc'],
    [{ data: { id: 'abc' } }, {}, 'abc'],
    [{ order: { id: 3 } }, {}, '3'],
    ['', { location: '/api/order/E%201' }, 'E 1'],
    ['', { location: 'https://erp.example/api/order/9/?v=1' }, '9'],
    [{ id: '' }, {}, KEY],
    [{ id: '..' }, {}, KEY],
    [{ id: null }, {}, KEY],
    ['created', {}, KEY],
  ])('%j with %j is %s', async (body, headers, externalId) => {
    expect(await outcome([{ status: 201, body, headers: headers as Record<string, string> }])).toMatchObject({
      externalId,
    })
  })
})

describe('search answers', () => {
  const search = async (body: unknown, status = 200): Promise<string[]> => {
    const erp = scriptedErp([{ status, body }, { status: 200 }], { strategy: 'search-then-create' })
    await restErp.push!(order(), erp.context)
    return erp.asked().slice(1)
  }

  it.each([
    [[{ id: 1, key: KEY }]],
    [{ items: [{ id: 1, key: KEY }] }],
    [{ data: [{ id: 1, key: KEY }] }],
    [{ results: [{ id: 1, key: KEY }] }],
    [{ records: [{ id: 1, key: KEY }] }],
    [{ orders: [{ id: 1, key: KEY }] }],
    [{ data: { id: 1, key: KEY } }],
    [{ id: 1, key: KEY }],
    [{ id: '1' }],
    [
      [
        { id: 9, key: 'acme:shop:9' },
        { id: 1, key: KEY },
      ],
    ],
    [
      [
        { id: 1, key: KEY },
        { id: 2, key: KEY },
      ],
    ],
  ])('finds the record in %j', async body => {
    expect(await search(body)).toEqual(['PUT /order/1'])
  })

  it.each([
    ['', 200],
    ['', 204],
    [{ message: 'Not found.' }, 404],
    [[], 200],
    [{}, 200],
    [null, 200],
    [{ items: [] }, 200],
    [{ items: null }, 200],
    [{ total: 0 }, 200],
    [[{ id: 9, key: 'acme:shop:9' }], 200],
    [{ id: 9, key: 'acme:shop:9' }, 200],
  ])('finds nothing in %j (%i)', async (body, status) => {
    expect(await search(body, status)).toEqual(['POST /order'])
  })

  it.each([[{ list: [{ id: 1, key: KEY }] }], ['text'], [[{ id: 1 }, { id: 2 }]]])(
    'creates nothing after %j, which it cannot read',
    async body => {
      await expect(search(body)).rejects.toMatchObject({ code: 'PARTNER_ANSWER_INVALID' })
    },
  )
})
