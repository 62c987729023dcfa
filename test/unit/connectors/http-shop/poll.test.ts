import { describe, expect, it } from '@jest/globals'
import { poll } from '#connectors/storefronts/http/poll.ts'
import { probe } from '#connectors/storefronts/http/probe.ts'
import type { ConnectorContext, HttpResponse, PolledPage } from '#core/contracts/connector.ts'
import { BASE, shopThatAnswers } from './declared.ts'

const record = (id: number, at = id) => ({ id, at: new Date(Date.UTC(2026, 0, at)).toISOString() })

async function read(setting: object, answers: Partial<HttpResponse>[], cursor: string | null = null) {
  const declared = { path: '/orders', changedAt: '/at', ...setting }
  const { context, requests } = shopThatAnswers({ polls: { order: declared } }, answers)
  const pages: PolledPage[] = []
  for await (const page of poll('order', cursor, context as ConnectorContext)) pages.push(page)
  return {
    ids: pages.flatMap(({ messages }) =>
      messages.map(({ body }) => (JSON.parse(String(body)) as { id: number }).id),
    ),
    topics: new Set(pages.flatMap(({ messages }) => messages.map(({ topic }) => topic))),
    urls: requests.map(({ url }) => decodeURIComponent(url.slice(BASE.length))),
    cursor: pages.at(-1)?.cursor,
  }
}

describe('a declared poll', () => {
  it('goes by numbered pages, sorted ones from where the one before ended', async () => {
    const setting = {
      ...{ query: { since: '{since}', page: '{page}', n: '{size}' }, next: 'page', size: 2, sorted: true },
    }
    const answers = [
      { body: [record(1), record(2)] },
      { body: [record(2), record(3)] },
      { body: [record(3)] },
    ]
    const { ids, urls } = await read(setting, answers)
    expect(ids).toEqual([1, 2, 2, 3, 3])
    expect(urls).toEqual([
      '/orders?page=1&n=2',
      '/orders?since=2026-01-02T00:00:00Z&page=1&n=2',
      '/orders?since=2026-01-03T00:00:00Z&page=1&n=2',
    ])
  })

  it('goes by an offset', async () => {
    const setting = { query: { from: '{offset}' }, next: 'offset', size: 2 }
    const { ids, urls } = await read(setting, [{ body: [record(1), record(2)] }, { body: [record(3)] }])
    expect(ids).toEqual([1, 2, 3])
    expect(urls).toEqual(['/orders?from=0', '/orders?from=2'])
  })

  it('goes by a token in the answer', async () => {
    const setting = { query: { after: '{page}' }, items: '/data', next: 'token', token: '/meta/next' }
    const { urls, topics } = await read({ ...setting, topic: 'orders' }, [
      { body: { data: [record(1)], meta: { next: 't2' } } },
      { body: { data: [], meta: { next: null } } },
    ])
    expect(urls).toEqual(['/orders', '/orders?after=t2'])
    expect(topics).toEqual(new Set(['orders']))
  })

  it('goes by a Link header, on its own host only', async () => {
    const next = (url: string) => ({ body: [record(1)], headers: { link: `<${url}>; rel="next"` } })
    const { urls, topics } = await read({ next: 'link' }, [next(`${BASE}/orders?cursor=2`), { body: [] }])
    expect(urls).toEqual(['/orders', '/orders?cursor=2'])
    expect(topics).toEqual(new Set(['poll/order']))
    await expect(read({ next: 'link' }, [next('https://evil.example/')])).rejects.toMatchObject({
      code: 'PARTNER_ANSWER_INVALID',
    })
  })

  it.each([
    ['rfc3339', '2026-01-01T23:59:00Z'],
    ['seconds', '1767311940'],
    ['milliseconds', '1767311940000'],
  ])('writes times as %s, less the overlap', async (since, text) => {
    const cursor = JSON.stringify({ since: Date.UTC(2026, 0, 2) })
    const { urls } = await read({ query: { since: '{since}' }, since }, [{ body: [] }], cursor)
    expect(urls).toEqual([`/orders?since=${text}`])
  })

  it.each([
    ['no list', { body: { orders: [] } }, {}, '`polls`'],
    ['a record without id', { body: [{ at: '2026-01-01T00:00:00Z' }] }, {}, '`polls`'],
    ['a record without time', { body: [{ id: 1 }] }, {}, 'changed'],
    ['disorder that was declared sorted', { body: [record(2), record(1)] }, { sorted: true }, 'sorted'],
  ])('names the setting for %s', async (_what, answer, setting, named) => {
    await expect(read(setting, [answer])).rejects.toMatchObject({
      code: 'PARTNER_ANSWER_INVALID',
      detail: expect.stringContaining(named),
    })
  })
})

describe('declared credentials', () => {
  const asked = async (auth: object) => {
    const { context, requests } = shopThatAnswers({ auth, probe: { path: '/me' } }, [{ body: 'hello' }])
    await probe(context)
    return requests[0]!
  }

  it.each([
    ['bearer', { kind: 'bearer' }, { authorization: 'Bearer token' }],
    ['header', { kind: 'header', header: 'X-Key', prefix: 'Key ' }, { 'x-key': 'Key token' }],
    ['basic', { kind: 'basic', username: 'hub' }, { authorization: `Basic ${btoa('hub:pass')}` }],
    [
      'client-credentials',
      { kind: 'client-credentials', tokenUrl: 'https://a.example' },
      { authorization: 'Bearer oauth-token' },
    ],
  ])('%s are sent', async (_what, auth, headers) => {
    expect((await asked(auth)).headers).toMatchObject(headers)
  })

  it('go into the query where the shop wants them there', async () => {
    expect((await asked({ kind: 'query', parameter: 'key' })).url).toBe(`${BASE}/me?key=token`)
  })

  it('that are missing are named', async () => {
    const { context } = shopThatAnswers({ auth: { kind: 'bearer' }, probe: { path: '/me' } }, [{}])
    const bare = { ...context, connection: { ...context.connection, secrets: {} } } as ConnectorContext
    await expect(probe(bare)).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      detail: expect.stringContaining('token'),
    })
  })

  it('are tried on the first list where no probe is declared', async () => {
    const { context, requests } = shopThatAnswers(
      { polls: { order: { path: '/orders', changedAt: '/at' } } },
      [{ body: [] }],
    )
    expect(await probe(context)).toEqual({ ok: true, detail: 'The list of order can be read.' })
    expect(requests[0]!.url).toBe(`${BASE}/orders`)
  })
})
