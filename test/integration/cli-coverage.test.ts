import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type CliWorld, cliWorld } from './cli-harness.ts'

const order = JSON.parse(readFileSync('mappings/storefronts/shopify/cases/order-b2b.json', 'utf8'))

let cli: CliWorld

beforeEach(async () => {
  cli = cliWorld()
  const { messages } = cli.store()
  const arrives = (id: string, body: string) =>
    messages.insert({
      ...{ id, tenant: 'acme', connection: 'acme-shopify', topic: 'orders/create', via: 'webhook' },
      ...{ dedupeKey: id, receivedAt: Date.now(), headers: {}, body: Buffer.from(body) },
    })
  await arrives('m1', JSON.stringify(order))
  await arrives('m2', JSON.stringify({ ...order, gift_message: 'Dear Ada' }))
  await arrives('m3', '{ broken')
})
afterEach(() => cli.close())

describe('hub mappings coverage of stored messages', () => {
  it('tells of the newest which fields are not read or not declared, and shows no value', async () => {
    const { code, out } = await cli.hub('mappings coverage shopify/order --last 10')
    expect(out).toMatch(/\/gift_message +1 +no +no/)
    expect(out).toContain('3 messages, 1 of them left out')
    expect(out).not.toMatch(/\/currency |Ada/)
    expect(code).toBe(0)
    const { json } = await cli.hub('mappings coverage shopify/order --last 2 --json')
    expect(json).toMatchObject({
      mapping: 'storefronts/shopify/order',
      messages: 2,
      leftOut: 1,
      undeclared: 1,
    })
    expect((await cli.hub('mappings coverage shopify/order --all')).out).toMatch(/\/currency +2 +yes +yes/)
  })

  it('refuses a connection and a mapping that there are not', async () => {
    for (const line of ['shopify/order --connection nobody', 'shopify/nothing']) {
      const { code, err } = await cli.hub(`mappings coverage ${line}`)
      expect([code, err]).toEqual([1, expect.stringMatching(/nobody|nothing/)])
    }
  })
})
