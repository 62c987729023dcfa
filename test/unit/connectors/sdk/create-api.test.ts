import { describe, expect, it } from '@jest/globals'
import { type ApiOptions, createApi, HTTP_RESPONSES, HubError } from '#connectors/sdk/index.ts'
import type { ConnectorContext, HttpRequest, HttpResponse } from '#core/contracts/connector.ts'

type Answer = Partial<HttpResponse>

/** A context whose partner gives the answers in turn, and whose tokens are `t1`, `t2` … */
function stage(answers: Answer[], tokens = ['t1', 't2']) {
  const requests: HttpRequest[] = []
  const refused: (string | undefined)[] = []
  const context = {
    http: {
      async request(request: HttpRequest) {
        requests.push(request)
        return { status: 200, headers: {}, body: {}, ...answers[requests.length - 1] }
      },
    },
    async token(refusedToken?: string) {
      refused.push(refusedToken)
      const token = tokens[refused.length - 1]
      if (token === undefined) throw new HubError('UNAUTHORIZED')
      return token
    },
    now: () => 0,
    signal: new AbortController().signal,
  } as unknown as ConnectorContext
  const api = (options: Partial<ApiOptions> = {}) =>
    createApi(context, { baseUrl: 'https://api.shop.example/v1/', responses: HTTP_RESPONSES, ...options })
  return { api, requests, refused }
}

describe('createApi', () => {
  it('asks below the base address with the token and without what is undefined', async () => {
    const { api, requests } = stage([{ body: { id: 1 } }])
    const answer = await api().call<{ id: number }>({ path: '/orders', query: { page: 2, since: undefined } })
    expect(answer.body.id).toBe(1)
    expect(requests[0]).toMatchObject({
      method: 'GET',
      url: 'https://api.shop.example/v1/orders?page=2',
      headers: { authorization: 'Bearer t1' },
      safeToRepeat: true,
    })
  })

  it('does not repeat what changes something', async () => {
    const { api, requests } = stage([])
    await api().call({ method: 'POST', path: '/orders', body: {} })
    expect(requests[0]!.safeToRepeat).toBe(false)
  })

  it('renews a refused token once', async () => {
    const { api, requests, refused } = stage([{ status: 401 }, { body: 'true' }])
    expect((await api({ headers: token => ({ 'x-key': token }) }).call({ path: '/a' })).body).toBe(true)
    expect(refused).toEqual([undefined, 't1'])
    expect(requests.map(({ headers }) => headers?.['x-key'])).toEqual(['t1', 't2'])
  })

  it.each([
    ['the new one is refused too', [{ status: 401 }, { status: 401 }], ['t1', 't2']],
    ['there is no other', [{ status: 401 }], ['t1']],
    ['it is the same', [{ status: 401 }], ['t1', 't1']],
  ])('is not authorized when %s', async (_what, answers, tokens) => {
    const { api, requests } = stage(answers, tokens)
    await expect(api().call({ path: '/a' })).rejects.toMatchObject({ code: 'UNAUTHORIZED', status: 401 })
    expect(requests).toHaveLength(answers.length)
  })

  it('asks for no token where none is used', async () => {
    const { api, requests, refused } = stage([])
    await api({ token: false }).call({ path: 'a' })
    expect(refused).toEqual([])
    expect(requests[0]).toMatchObject({
      url: 'https://api.shop.example/v1/a',
      headers: { accept: 'application/json' },
    })
  })

  it('reads JSON under any content type, and nothing as nothing', async () => {
    const { api } = stage([{ body: '{"id":12345678901234567890}' }, { status: 204, body: '' }])
    expect((await api().call({ path: '/a' })).body).toEqual({ id: '12345678901234567890' })
    expect((await api().call({ path: '/a' })).body).toBeUndefined()
  })

  it.each(['{"id":1', '<html>maintenance</html>'])('does not take %s for an answer', async body => {
    await expect(stage([{ body }]).api().call({ path: '/a' })).rejects.toMatchObject({
      code: 'PARTNER_ANSWER_INVALID',
    })
  })

  it('gives a text as it came', async () => {
    const { api } = stage([{ body: 'a,b\n' }])
    expect((await api().call({ path: '/report', answer: 'text' })).body).toBe('a,b\n')
  })

  it('throws what the table says', async () => {
    const { api } = stage([{ status: 429, headers: { 'retry-after': '3' } }])
    await expect(api().call({ path: '/a' })).rejects.toMatchObject({
      code: 'PARTNER_THROTTLED',
      retryAfterMs: 3_000,
    })
  })

  it('follows a paging link on its own origin', async () => {
    const { api, requests } = stage([])
    await api().call({ path: 'https://api.shop.example/v1/orders?after=x', query: { size: 5 } })
    expect(requests[0]!.url).toBe('https://api.shop.example/v1/orders?after=x&size=5')
  })

  it.each([
    'https://evil.example/v1/orders',
    'http://api.shop.example/v1/orders',
    'https://api.shop.example:8443/',
    'https://user:pass@api.shop.example/',
    'https://api.shop.example.evil.example/',
  ])('sends the token nowhere else: %s', async path => {
    const { api, requests } = stage([])
    await expect(api().call({ path })).rejects.toMatchObject({ code: 'PARTNER_ANSWER_INVALID' })
    expect(requests).toEqual([])
  })

  it('keeps a path that looks like a host below the base', async () => {
    const { api, requests } = stage([])
    await api().call({ path: '//evil.example/x' })
    expect(new URL(requests[0]!.url).host).toBe('api.shop.example')
  })
})
