import { expect, it } from '@jest/globals'
import { type ReadLine, readLines } from '#connectors/storefronts/shopify/bulk/read-lines.ts'
import { readOrders } from '#connectors/storefronts/shopify/bulk/read-orders.ts'
import type { ConnectorContext, HttpRequest, HttpResponse } from '#core/contracts/connector.ts'

const FILE = Buffer.from(
  [
    { id: 'gid://shopify/Order/1', note: 'für „Ada“ 🧦' },
    { id: 'gid://shopify/LineItem/11', __parentId: 'gid://shopify/Order/1' },
    { id: 'gid://shopify/ShippingLine/12', __parentId: 'gid://shopify/Order/1' },
    { id: 'gid://shopify/Order/2' },
  ]
    .map(line => `${JSON.stringify(line)}\n`)
    .join(''),
)

/** Gives at most so many bytes at once, as file stores may. */
const store =
  (most: number, file = FILE) =>
  ({ headers = {} }: HttpRequest): HttpResponse => {
    const from = Number(/bytes=(\d+)-/.exec(headers['range'] ?? '')?.[1])
    if (from >= file.length) return { status: 416, headers: {}, body: Buffer.alloc(0) }
    const body = file.subarray(from, from + most)
    const place = `bytes ${from}-${from + body.length - 1}/${file.length}`
    return { status: 206, headers: { 'content-range': place }, body }
  }

const contextOf = (answer: (request: HttpRequest) => HttpResponse) =>
  ({
    http: { request: async request => answer(request) },
    signal: new AbortController().signal,
    now: () => 0,
  }) as Pick<ConnectorContext, 'http' | 'signal' | 'now'> as ConnectorContext

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = []
  for await (const item of items) read.push(item)
  return read
}

const linesOf = (answer: (request: HttpRequest) => HttpResponse, from = 0): Promise<ReadLine[]> =>
  all(readLines(contextOf(answer), 'https://files.example.com/1.jsonl', from))

it.each([1, 7, 64, FILE.length])('reads the same lines %i bytes at a time', async most => {
  const lines = await linesOf(store(most))
  expect(lines.map(({ value }) => value['id'])).toEqual([
    'gid://shopify/Order/1',
    'gid://shopify/LineItem/11',
    'gid://shopify/ShippingLine/12',
    'gid://shopify/Order/2',
  ])
  expect(lines[0]!.value['note']).toBe('für „Ada“ 🧦')
  expect(lines.at(-1)!.next).toBe(FILE.length)
})

it('goes on at every line', async () => {
  const lines = await linesOf(store(64))
  for (const { start, value } of lines) expect((await linesOf(store(9), start))[0]!.value).toEqual(value)
  expect(await linesOf(store(9), FILE.length)).toEqual([])
})

it('takes the whole file from a store that knows no ranges', async () => {
  const from = (await linesOf(store(64)))[1]!.start
  const lines = await linesOf(() => ({ status: 200, headers: {}, body: FILE }), from)
  expect(lines.map(({ start }) => start)[0]).toBe(from)
  expect(lines).toHaveLength(3)
})

it('leaves out half a line, and of a file that was cut the order before it', async () => {
  const cut = FILE.subarray(0, FILE.length - 3)
  expect(await linesOf(store(64, cut))).toHaveLength(3)
  const orders = (isCut: boolean) =>
    all(readOrders(readLines(contextOf(store(64, cut)), 'https://files.example.com/1', 0), { cut: isCut }))
  expect(await orders(true)).toEqual([])
  const [first] = await orders(false)
  expect(first!.order.lineItems.nodes).toEqual([{ id: 'gid://shopify/LineItem/11' }])
  expect(first!.order.shippingLines.nodes).toEqual([{ id: 'gid://shopify/ShippingLine/12' }])
})

it('refuses a line that does not stand below its order', async () => {
  const strayed = Buffer.from('{"id":"gid://shopify/LineItem/11","__parentId":"gid://shopify/Order/9"}\n')
  const reading = all(
    readOrders(readLines(contextOf(store(64, strayed)), 'https://f.example.com/1', 0), { cut: false }),
  )
  await expect(reading).rejects.toMatchObject({ code: 'PARTNER_ANSWER_INVALID' })
})
