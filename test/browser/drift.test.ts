import { expect, it } from '@jest/globals'
import { describeDashboard } from '#test/support/dashboard-browser.ts'

describeDashboard('the drift page', test => {
  const { open, see } = test
  const group = (name: string) => test.page.getByRole('region', { name })
  const CREATED = 'acme-shopify · orders/create'
  const UPDATED = 'bold-shopify · orders/updated'

  it('groups findings by connection and topic, and says for each kind what to do', async () => {
    await open('/drift')
    await group(UPDATED).waitFor()
    const values = group(CREATED).getByRole('table', { name: 'New values' })
    expect(await values.getByRole('row', { name: /financial_status/ }).textContent()).toContain(
      'klarna_pending',
    )
    await see('Add a table entry')
    await group(CREATED).getByRole('table', { name: 'Other types' }).getByText('number').waitFor()
    expect(test.errors).toEqual([])
  })

  it('shows one kind or one connection alone', async () => {
    await open('/drift')
    await test.page.getByLabel('Kind').selectOption('Missing field')
    await group(UPDATED).waitFor({ state: 'detached' })
    await group(CREATED).getByText('/total_tax').waitFor()
    expect(await test.page.getByRole('table').count()).toBe(1)
    await test.page.getByLabel('Connection').selectOption('bold-shopify')
    await see('No finding matches the filter.')
  })

  it('clears one group after asking', async () => {
    await open('/drift')
    await group(CREATED).getByRole('button', { name: 'Schema is up to date: clear' }).click()
    const dialog = test.page.getByRole('dialog')
    await dialog.getByText('5 findings').waitFor()
    expect(test.server.calls.some(call => call.method === 'DELETE')).toBe(false)
    await dialog.getByRole('button', { name: 'Clear' }).click()
    await group(CREATED).waitFor({ state: 'detached' })
    await group(UPDATED).waitFor()
    await see('5 findings cleared.')
  })

  it('leads to the mapping, and to the trace of the newest message', async () => {
    await open('/drift')
    const link = group(CREATED).getByRole('link', { name: 'Open mapping' })
    expect(await link.getAttribute('href')).toBe('/mappings/storefronts/shopify/order')
    await group(CREATED).getByRole('button', { name: 'Trace' }).first().click()
    await see('Confirmed by acme-odoo')
  })

  it('says so when live traffic matches what is declared', async () => {
    await open('/drift', { empty: true })
    await see('Live traffic matches the declared schemas.')
  })

  it('clears nothing for a role that may only read', async () => {
    await open('/drift', { role: 'viewer' })
    await group(CREATED).waitFor()
    expect(await test.page.getByRole('button', { name: /clear/ }).count()).toBe(0)
  })

  it('needs no sideways scrolling at 390 pixels', async () => {
    await test.page.setViewportSize({ width: 390, height: 844 })
    await open('/drift')
    await group(UPDATED).waitFor()
    expect(await test.page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })
})
