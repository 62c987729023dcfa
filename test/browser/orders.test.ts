import { expect, it } from '@jest/globals'
import { describeDashboard } from '#test/support/dashboard-browser.ts'

describeDashboard('orders that wait for people', test => {
  const { open, see } = test
  const region = (name: string) => test.page.getByRole('region', { name })

  it('are figures on the health page, with the most urgent to be shipped', async () => {
    await open('/')
    const urgent = region('Orders that wait for people').getByRole('table', { name: 'To be shipped' })
    expect(await urgent.getByRole('row', { name: /#1042/ }).textContent()).toContain('40 min late')
    expect(await urgent.getByRole('row', { name: /#1057/ }).textContent()).toContain('in 1 h')
    expect(test.errors).toEqual([])
  })

  it('are not spoken of while there are none', async () => {
    await open('/', { empty: true })
    await see('Nothing is connected yet')
    expect(await region('Orders that wait for people').count()).toBe(0)
  })

  it('name their owner, the time that is left and what was escalated', async () => {
    await open('/dead-letters/held', { held: true })
    await see('escalated to head-of-finance')
    await test.page.getByText('finance decides within 3 h, then head-of-finance').first().waitFor()
    expect(await test.page.getByRole('button', { name: 'Replay', exact: true }).count()).toBe(0)
  })

  it('are released with a reason', async () => {
    await open('/dead-letters/held', { held: true })
    await test.page.getByRole('button', { name: 'Release' }).first().click()
    const dialog = test.page.getByRole('dialog')
    await dialog.getByText('The rule “payment-pending” lets it pass from now on').waitFor()
    expect(await dialog.getByRole('button', { name: 'Release' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Reason, kept in the audit').fill('Paid by transfer.')
    await dialog.getByRole('button', { name: 'Release' }).click()
    await see('The order is released.')
    expect(test.server.calls.find(({ path }) => path.endsWith('/release'))?.body).toEqual({
      ...{ reason: 'Paid by transfer.', rule: 'payment-pending' },
    })
  })

  it('are not decided by a role that may only read', async () => {
    await open('/dead-letters/held', { held: true, role: 'viewer' })
    await see('escalated to head-of-finance')
    expect(await test.page.getByRole('button', { name: 'Release' }).count()).toBe(0)
  })
})

describeDashboard('the settlements page', test => {
  const { open, see } = test
  const payout = (amount: string) => test.page.getByRole('region', { name: amount })

  it('shows what became of the proceeds of each payout, and how it fits its orders', async () => {
    await open('/settlements')
    const first = payout('18,473.20 GBP')
    await first.waitFor()
    const text = (await first.textContent()) ?? ''
    for (const part of ['4,112 of 4,120', '2 by 0.03', '0.00 GBP', 'Fees 3,822.23'])
      expect(text).toContain(part)
    expect(await payout('16,020.11 GBP').getByRole('button').count()).toBe(0)
    expect(test.errors).toEqual([])
  })

  it('names the orders that do not fit, on demand', async () => {
    await open('/settlements')
    await payout('18,473.20 GBP').getByRole('button', { name: 'Show the orders that do not fit' }).click()
    const table = test.page.getByRole('table', { name: 'Orders that do not fit' })
    expect(await table.getByRole('row', { name: /#1001/ }).textContent()).toContain('0.02')
    await table.getByText('not known to the hub').waitFor()
    await table.getByRole('link', { name: '#1001' }).click()
    await see('Confirmed by acme-odoo')
  })

  it('names what refunds are off by, what a channel gave back, and no more orders than one can read', async () => {
    await open('/settlements', { ledger: 'hard' })
    const region = payout('-184,732 JPY')
    await region.waitFor()
    const text = (await region.textContent()) ?? ''
    for (const part of ['Refunds off2 by -300', 'Refunds -120,475', 'Fees -382']) expect(text).toContain(part)
    await region.getByRole('button', { name: 'Show the orders that do not fit' }).click()
    const rows = region.getByRole('table').getByRole('row')
    await region.getByRole('button', { name: 'Show all 900' }).waitFor()
    expect(await rows.count()).toBe(101)
    await region.getByRole('button', { name: 'Show all 900' }).click()
    await rows.nth(900).waitFor()
  })

  it('asks for earlier payouts, and goes back to the newest', async () => {
    await open('/settlements', { ledger: 'hard' })
    await test.page.getByRole('button', { name: 'Earlier payouts' }).click()
    await test.page.getByRole('button', { name: 'Newest payouts' }).waitFor()
    expect(test.server.calls.some(({ path }) => path.includes('after=more'))).toBe(true)
  })

  it('says so before the first payout', async () => {
    await open('/settlements', { empty: true })
    await see('No payout has arrived yet.')
  })

  it('needs no sideways scrolling at 390 pixels', async () => {
    await test.page.setViewportSize({ width: 390, height: 844 })
    await open('/settlements')
    await payout('18,473.20 GBP').waitFor()
    expect(await test.page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })
})
