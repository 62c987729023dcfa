import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { losingAnswer } from '#test/support/lost-answers.ts'
import { odooServer } from '#test/support/odoo.ts'
import { OdooDesk } from '#test/support/odoo-desk.ts'

const server = odooServer()
const suite = server ? describe : describe.skip
const LONG = 300_000

suite('an order whose sending breaks, at a real Odoo', () => {
  let desk: OdooDesk
  let skus: string[]
  let nth = 0

  beforeAll(async () => {
    desk = new OdooDesk(server!)
    skus = await desk.articles(2)
  })
  afterAll(() => desk.close())

  const order = (): Record<string, unknown> => {
    nth += 1
    const address = { name: `Buyer ${nth}`, line1: `${nth} Canal St`, city: 'Chicago', country: 'US' }
    return {
      ...{ externalId: `${nth}`, number: `#${nth}-${desk.own}`, channel: 'shopify', status: 'open' },
      ...{ placedAt: '2026-05-04T08:00:00Z', currency: 'USD', taxesIncluded: false },
      email: `buyer-${nth}@${desk.own}.example.com`,
      customer: { externalId: `c${nth}`, name: `Buyer ${nth}` },
      billingAddress: address,
      shippingAddress: { ...address, line1: `${nth} Gift Rd` },
      lines: [
        {
          ...{ externalId: '1', title: 'Mug', sku: skus[0], quantity: 2, unitPrice: '12.50' },
          taxes: [{ rate: 0.0825, amount: '2.07' }],
        },
        { externalId: '2', title: 'Card', sku: skus[1], quantity: 1, unitPrice: '8.00' },
      ],
      totals: { total: '35.07' },
    }
  }

  /** One order with its three lines and one of rounding, one delivery, one customer with one address below. */
  async function expectOne(one: Record<string, unknown>): Promise<void> {
    const orders = await desk.api.searchRead<Record<string, unknown> & { id: number }>('sale.order', {
      domain: [['client_order_ref', '=', one['number']]],
      fields: ['state', 'amount_total', 'order_line', 'picking_ids', 'date_order', 'partner_id'],
    })
    expect(orders).toMatchObject([{ state: 'sale', amount_total: 35.07, date_order: '2026-05-04 08:00:00' }])
    expect(orders[0]).toMatchObject({ order_line: { length: 3 }, picking_ids: { length: 1 } })
    const partners = await desk.api.call<number>('res.partner', 'search_count', {
      domain: ['|', ['id', '=', orders[0]!['partner_id']], ['parent_id', '=', orders[0]!['partner_id']]],
    })
    const same = await desk.api.call<number>('res.partner', 'search_count', {
      domain: [
        ['email', '=', one['email']],
        ['type', '=', 'contact'],
      ],
    })
    expect([partners, same]).toEqual([2, 1])
  }

  const callsOfOne = async (): Promise<number> => {
    const counting = losingAnswer(0)
    const one = desk.again({ http: counting.wrap })
    await one.push(order())
    one.close()
    return counting.calls()
  }

  it(
    'is one order, with its lines, once confirmed, whichever answer is lost',
    async () => {
      const calls = await callsOfOne()
      expect(calls).toBeGreaterThan(3)
      for (let call = 1; call <= calls; call++) {
        const broken = desk.again({ http: losingAnswer(call).wrap, own: desk.own })
        const one = order()
        await expect(broken.push(one)).rejects.toMatchObject({ code: 'PARTNER_TIMEOUT' })
        await desk.push(one, { uncertain: true })
        await expectOne(one)
        broken.close()
      }
    },
    LONG,
  )

  it(
    'is one order when the process dies after the answer, before the link and after it',
    async () => {
      const one = order()
      const id = await desk.push(one)
      expect(await desk.push(one, { uncertain: true })).toBe(id)
      expect(await desk.push(one, { uncertain: true, externalId: String(id) })).toBe(id)
      await expectOne(one)
    },
    LONG,
  )

  it(
    'is one order when four processes that know nothing of each other push it at once, again and again',
    async () => {
      const desks = Array.from({ length: 4 }, () => desk.again({ own: desk.own }))
      for (let round = 0; round < 3; round++) {
        const one = order()
        const settled = await Promise.all(desks.map(async each => pushUntilDone(each, one)))
        expect(new Set(settled).size).toBe(1)
        await expectOne(one)
      }
      for (const each of desks) each.close()
    },
    LONG,
  )

  it(
    'holds one correction of a cent when another process makes the same one in between',
    async () => {
      const one = order()
      const other = desk.again({ own: desk.own })
      await desk.push({ ...one, confirm: false, totals: { total: '35.06' } })
      let isFirst = true
      const slow = desk.again({
        own: desk.own,
        http: inner => ({
          async request(request) {
            const answer = await inner.request(request)
            const readsTotal = JSON.stringify(request.body).includes('amount_total')
            if (readsTotal && isFirst) {
              isFirst = false
              await other.push(one)
            }
            return answer
          },
        }),
      })
      await slow.push(one)
      expect(isFirst).toBe(false)
      await expectOne(one)
      for (const each of [slow, other]) each.close()
    },
    LONG,
  )

  /** As the engine does: what may be repeated is repeated, everything else fails the test. */
  async function pushUntilDone(each: OdooDesk, one: Record<string, unknown>): Promise<number> {
    for (let tries = 0; ; tries++)
      try {
        return await each.push(one, { uncertain: tries > 0 })
      } catch (thrown) {
        if (!(thrown instanceof HubError) || thrown.recovery !== 'retry' || tries > 10) throw thrown
      }
  }
})
