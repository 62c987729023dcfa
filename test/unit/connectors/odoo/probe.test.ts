import { afterEach, describe, expect, it } from '@jest/globals'
import { odoo } from '#connectors/erp/odoo/connector.ts'
import { openDesk } from './desk.ts'

describe('the probe of a simulated Odoo', () => {
  let desk: Awaited<ReturnType<typeof openDesk>>
  afterEach(() => desk.close())

  async function probe(forbidden: readonly string[], settings: Record<string, unknown> = {}) {
    desk = await openDesk(settings)
    for (const one of forbidden) desk.simulator.forbidden.add(one)
    return odoo.probe!(desk.context)
  }

  it('is content with a user who may do everything', async () => {
    expect(await probe([])).toEqual({ ok: true, detail: 'The user may sell, ship, take back and credit.' })
  })

  it('names the right that orders lack, as Odoo calls it, and where it is ticked', async () => {
    await expect(probe(['create sale.order', 'create ir.model.data'])).rejects.toMatchObject({
      code: 'PARTNER_FORBIDDEN',
      detail: expect.stringMatching(
        /“Sales \/ Administrator” \(it may not create sale\.order\) and “Access Rights” .*Settings, Users & Companies/,
      ),
    })
  })

  it('says what goods and refunds lack, which not every hub brings', async () => {
    const { detail } = await probe(['write stock.move', 'create account.move'])
    expect(detail).toContain('The user may sell.')
    expect(detail).toContain(
      'returns and stock need the right “Inventory / User” (it may not write stock.move).',
    )
    expect(detail).toContain('Refunds need the right “Accounting / Invoicing”')
  })

  it('refuses a user who may not invoice where the hub is to do so', async () => {
    await expect(probe(['write account.move'], { invoice: 'onDelivery' })).rejects.toMatchObject({
      detail: expect.stringContaining('Invoices need the right “Accounting / Invoicing”'),
    })
  })
})
