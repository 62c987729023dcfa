import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openDesk, operation } from './desk.ts'

describe('orders to a simulated Odoo', () => {
  let desk: Awaited<ReturnType<typeof openDesk>>

  beforeEach(async () => {
    desk = await openDesk()
  })
  afterEach(() => desk.close())

  const countOf = (call: string) => desk.calls.filter(one => one === call).length

  it('many at once share their calls, and each is confirmed with the shop’s date', async () => {
    const results = await Promise.all(Array.from({ length: 30 }, () => desk.push(operation())))
    for (const { externalId } of results)
      expect(desk.sale(externalId)).toMatchObject({
        ...{ state: 'sale', amount_total: 30, date_order: '2026-05-04 08:00:00' },
      })
    expect(countOf('sale.order/action_confirm')).toBeLessThanOrEqual(3)
    expect(desk.calls.length).toBeLessThan(60)
  })

  it('equal content is read and not written', async () => {
    const one = operation()
    const { externalId } = await desk.push(one)
    desk.calls.length = 0
    await desk.push({ ...one, externalId })
    expect(desk.calls.filter(call => /load|write|create|action/.test(call))).toEqual([])
  })

  it('a row that Odoo refuses takes no other with it', async () => {
    const all = Array.from({ length: 5 }, () => operation())
    all[2] = operation({ order: { client_order_ref: 'bad', date_order: 'tomorrow' } })
    const outcomes = await Promise.allSettled(all.map(one => desk.push(one)))
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
  })

  it('one that may not be sent any more is left out of the call of the others', async () => {
    const stopped = operation(
      {},
      {
        sending() {
          throw new Error('The process stops.')
        },
      },
    )
    const [one, other] = await Promise.allSettled([desk.push(stopped), desk.push(operation())])
    expect([one.status, other.status]).toEqual(['rejected', 'fulfilled'])
    expect(desk.simulator.database.table('sale.order').size).toBe(1)
  })

  it('a difference above the limit parks the order unconfirmed', async () => {
    const one = operation({ total: '30.06' })
    await expect(desk.push(one)).rejects.toMatchObject({ code: 'TOTAL_DIFFERS' })
    expect([...desk.simulator.database.table('sale.order').values()]).toMatchObject([{ state: 'draft' }])
  })

  it('cents of rounding are corrected once, and taken back when they are no longer needed', async () => {
    const one = operation({ total: '30.03' })
    const { externalId } = await desk.push(one)
    expect(desk.sale(externalId)).toMatchObject({ state: 'sale', amount_total: 30.03 })
    await desk.push({ ...one, externalId })
    expect(desk.sale(externalId)).toMatchObject({ amount_total: 30.03 })
    await desk.push({ ...one, externalId, body: { ...one.body, total: '30.00' } })
    expect(desk.sale(externalId)).toMatchObject({ amount_total: 30 })
  })

  it('a key that Odoo takes no longer gives way to the one before', async () => {
    const { connection } = desk.context
    Object.assign(connection, { secrets: { apiKey: ['ended', ...connection.secrets['apiKey']!] } })
    expect(await desk.push(operation())).toMatchObject({ status: 200 })
  })
})
