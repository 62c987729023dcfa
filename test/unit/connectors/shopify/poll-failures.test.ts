import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import nock from 'nock'
import { poll } from '#connectors/storefronts/shopify/poll.ts'
import type { PolledPage } from '#core/contracts/connector.ts'
import { fixturesDir } from '#test/support/fixtures.ts'
import { connection, context, eagerClock, SHOP, type TestContext } from './context.ts'

const PATH = '/admin/api/2026-10/graphql.json'
const api = () => nock(`https://${SHOP}`).post(PATH)

const cost = (currentlyAvailable: number, requestedQueryCost = 400) => ({
  cost: {
    requestedQueryCost,
    actualQueryCost: 10,
    throttleStatus: { maximumAvailable: 2_000, currentlyAvailable, restoreRate: 100 },
  },
})
const THROTTLED = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }]
const EMPTY = {
  shop: { ianaTimezone: 'UTC' },
  orders: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
}

let polling: TestContext
const polled = async (): Promise<PolledPage[]> => {
  const pages: PolledPage[] = []
  for await (const page of poll('order', null, polling)) pages.push(page)
  return pages
}

beforeEach(() => {
  nock.disableNetConnect()
  polling = context(eagerClock())
})

// nock stands in front of node:http for the whole worker: the files after this one want it back.
afterAll(() => nock.restore())

afterEach(() => {
  polling.close()
  nock.cleanAll()
  nock.enableNetConnect()
})

describe('the poll', () => {
  it('sends the token and the version of the manifest', async () => {
    api().matchHeader('x-shopify-access-token', 'shpat_simulated').reply(200, { data: EMPTY })
    expect(await polled()).toEqual([{ messages: [], cursor: '{"updatedAt":null}' }])
  })

  it('waits as long as the bucket needs when it is throttled with HTTP 200, then goes on', async () => {
    api().reply(200, { errors: THROTTLED, extensions: cost(100) })
    api().reply(200, { data: EMPTY, extensions: cost(1_000) })
    expect(await polled()).toHaveLength(1)
    // 400 points wanted, 100 there, 100 a second: the connector's own pause, then what the budget adds.
    expect(polling.slept).toEqual([1_000, 2_000])
  })

  it('hands over to the engine when it stays throttled', async () => {
    api()
      .times(20)
      .reply(200, { errors: THROTTLED, extensions: cost(0) })
    await expect(polled()).rejects.toMatchObject({
      code: 'PARTNER_THROTTLED',
      recovery: 'wait',
      retryAfterMs: 1_000,
    })
  })

  it('honours Retry-After of a 429', async () => {
    api().times(4).reply(429, 'Too many', { 'retry-after': '30' })
    api().reply(200, { data: EMPTY })
    await polled()
    expect(polling.slept).toContain(30_000)
  })

  it.each([401, 402, 403, 404, 423])('asks for a new authorisation on HTTP %i', async status => {
    api().reply(status, { errors: 'no' })
    await expect(polled()).rejects.toMatchObject({ code: 'UNAUTHORIZED', status })
  })

  it('asks for a new authorisation without a token, before any request', async () => {
    polling = context(eagerClock(), connection({ secrets: { accessToken: [] } }))
    await expect(polled()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })

  it('treats ACCESS_DENIED beside data as no answer at all', async () => {
    const errors = [{ message: 'Access denied for customer field.', extensions: { code: 'ACCESS_DENIED' } }]
    api().reply(200, { errors, data: EMPTY })
    await expect(polled()).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      detail: expect.stringContaining('customer field'),
    })
  })

  it('understands the recorded ACCESS_DENIED answer', async () => {
    const folder = fixturesDir()
    if (!folder) return console.info('skipped: the fixtures folder is not here (set HUB_FIXTURES)')
    const body = readFileSync(join(folder, 'shopify/graphql-error-access-denied-1.json'), 'utf8')
    api().reply(200, body, { 'content-type': 'application/json; charset=utf-8' })
    await expect(polled()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })

  it('calls a 502 page a failure of the partner', async () => {
    api().times(4).reply(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' })
    await expect(polled()).rejects.toMatchObject({ code: 'PARTNER_FAILED', status: 502 })
  })

  it.each([
    ['half an answer', '{"data":{"orders":{"nodes":[{"id":"gid'],
    ['an empty answer', ''],
    ['an answer without data', '{"extensions":{}}'],
    ['an unknown error', '{"errors":[{"message":"Field \'x\' doesn\'t exist"}],"data":{}}'],
  ])('does not believe %s', async (_what, body) => {
    api().reply(200, body, { 'content-type': 'application/json' })
    await expect(polled()).rejects.toMatchObject({ code: 'PARTNER_ANSWER_INVALID', recovery: 'retry' })
  })

  it('keeps the cause when nobody answers', async () => {
    api()
      .times(4)
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))
    await expect(polled()).rejects.toMatchObject({ code: 'PARTNER_UNREACHABLE' })
  })

  it('asks for smaller pages until Shopify finds them cheap enough', async () => {
    const sizes: number[] = []
    nock(`https://${SHOP}`)
      .post(PATH, body => sizes.push((body as { variables: { first: number } }).variables.first) > 0)
      .times(3)
      .reply(() => {
        const first = sizes.at(-1) ?? 0
        const tooDear = [{ message: 'Query cost is 1500', extensions: { code: 'MAX_COST_EXCEEDED' } }]
        return [200, first > 13 ? { errors: tooDear } : { data: EMPTY }]
      })
    await polled()
    expect(sizes).toEqual([50, 25, 13])
  })
})
