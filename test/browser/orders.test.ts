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
      reason: 'Paid by transfer.',
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
    const first = payout('18473.20 GBP')
    await first.waitFor()
    const text = (await first.textContent()) ?? ''
    for (const part of ['4,112 of 4,120', '2 by 0.03', '0.00 GBP', 'Fees 3822.23'])
      expect(text).toContain(part)
    expect(await payout('16020.11 GBP').getByRole('button').count()).toBe(0)
    expect(test.errors).toEqual([])
  })

  it('names the orders that do not fit, on demand', async () => {
    await open('/settlements')
    await payout('18473.20 GBP').getByRole('button', { name: 'Show the orders that do not fit' }).click()
    const table = test.page.getByRole('table', { name: 'Orders that do not fit' })
    expect(await table.getByRole('row', { name: /#1001/ }).textContent()).toContain('0.02')
    await table.getByText('not known to the hub').waitFor()
    await table.getByRole('link', { name: '#1001' }).click()
    await see('Confirmed by acme-odoo')
  })

  it('says so before the first payout', async () => {
    await open('/settlements', { empty: true })
    await see('No payout has arrived yet.')
  })

  it('needs no sideways scrolling at 390 pixels', async () => {
    await test.page.setViewportSize({ width: 390, height: 844 })
    await open('/settlements')
    await payout('18473.20 GBP').waitFor()
    expect(await test.page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })
})
