import { expect, it } from '@jest/globals'
import type { Locator } from 'playwright-core'
import { describeDashboard } from '#test/support/dashboard-browser.ts'

const ORDER = '/mappings/storefronts/shopify/order'

describeDashboard('the mapping pages', test => {
  const { open, see } = test
  const editor = (): Locator => test.page.getByRole('textbox', { name: 'Mapping' })
  const button = (name: string | RegExp): Locator => test.page.getByRole('button', { name })
  const tab = (name: string): Locator => test.page.getByRole('tab', { name })
  const dialog = (): Locator => test.page.getByRole('dialog')
  const documentLine = (text: string): Locator => test.page.locator('.document .line', { hasText: text })
  const sent = (path: string) =>
    test.server.calls.filter(call => decodeURIComponent(call.path).endsWith(path))

  /** Opens the playground and waits for the first document. */
  const openOrder = async (options = {}) => {
    await open(ORDER, options)
    await documentLine('"tax": "10.00"').waitFor()
  }
  /** The rule of the tax stands two lines above the end. */
  const typeTaxRule = async (expression: string) => {
    await editor().click()
    for (const key of ['Control+End', 'ArrowUp', 'ArrowUp', 'End', 'Shift+Home'])
      await test.page.keyboard.press(key)
    await test.page.keyboard.type(`tax: ${expression}`)
  }
  const changeTaxRule = async () => {
    await typeTaxRule('$money(current_total_tax, currency)')
    await documentLine('"tax": "9.50"').waitFor()
  }

  it('lists the mappings with versions and drift', async () => {
    await open('/mappings')
    const row = test.page.getByRole('row', { name: /storefronts\/shopify\/order/ })
    await row.getByRole('link', { name: '6 findings' }).waitFor()
    expect(await row.textContent()).toContain('orders/create, orders/updated')
    await test.page.getByRole('link', { name: 'storefronts/shopify/order' }).click()
    await documentLine('"tax": "10.00"').waitFor()
    expect(test.errors).toEqual([])
  })

  it('says so when there are no mappings', async () => {
    await open('/mappings', { empty: true })
    await see('No mappings.')
  })

  it('loads the editor with the playground only', async () => {
    await open('/')
    await see('Live')
    const scripts = 'performance.getEntriesByType("resource").map(entry => entry.name).join(" ")'
    expect(await test.page.evaluate(scripts)).not.toContain('playground')
    await test.page.getByRole('link', { name: 'Mappings' }).click()
    await test.page.getByRole('link', { name: 'storefronts/shopify/order' }).click()
    await editor().waitFor()
    expect(await test.page.evaluate(scripts)).toContain('playground')
  })

  it('changes the document while somebody types, under the content security policy of the pages', async () => {
    await openOrder()
    await see('compiled in 12 ms')
    await changeTaxRule()
    expect(await documentLine('"tax"').textContent()).toContain('was "10.00"')
    await tab('Changes').click()
    const change = test.page.getByRole('table', { name: 'Changes' }).getByRole('row', { name: '/totals/tax' })
    expect(await change.textContent()).toBe('/totals/tax"10.00""9.50"')
    expect(test.errors).toEqual([])
  })

  it('shows the newest answer, even when an older one comes later', async () => {
    await openOrder()
    let older: (() => Promise<void>) | null = null
    await test.page.route('**/try', async route => {
      if (route.request().postData()?.includes('current_total_tax'))
        older = () => route.continue().catch(() => undefined)
      else await route.continue()
    })
    await typeTaxRule('$money(current_total_tax, currency)')
    await test.page.keyboard.press('Control+Enter')
    await typeTaxRule('$monney(total_tax, currency)')
    await see('✕ 1 error')
    await older!()
    await see('The mapping does not compile.')
    expect(await documentLine('9.50').count()).toBe(0)
  })

  it('underlines a wrong letter at its place and says what was meant', async () => {
    await openOrder()
    await typeTaxRule('$monney(total_tax, currency)')
    const flaw = test.page.locator('.cm-lintRange-error')
    expect(await flaw.textContent()).toBe('$monney')
    await flaw.hover()
    await test.page.locator('.cm-tooltip', { hasText: 'Did you mean `$money`?' }).waitFor()
    await tab('Problems').click()
    await see('There is no function $monney.')
    await button(/line 16, column 10/).click()
    expect(await test.page.locator('.cm-activeLine').first().textContent()).toContain('$monney')
  })

  it('leads from a leaf to its rule and marks the fields that it read', async () => {
    await openOrder()
    await tab('Lineage').click()
    await see('table paymentStatus: “paid”')
    await button('/totals/tax').click()
    expect(await test.page.evaluate('document.activeElement.className')).toBe('code-editor')
    expect(await test.page.locator('.bench-mapping .cm-activeLine').textContent()).toContain(
      '$money(total_tax',
    )
    const marked = test.page.locator('.bench-message .cm-marked')
    await marked.first().waitFor()
    expect(await marked.allTextContents()).toEqual(['  "currency": "EUR",', '  "total_tax": "10.00",'])
  })

  it('shows which leaves the line under the pointer makes', async () => {
    await openOrder()
    await editor().getByText('paymentStatus', { exact: true }).last().hover()
    await test.page.locator('.document .pointed', { hasText: '"paymentStatus": "paid"' }).waitFor()
  })

  it('maps a pasted message, with long numbers as they were typed', async () => {
    await openOrder()
    await test.page.getByRole('combobox', { name: 'Message', exact: true }).selectOption('pasted')
    const pasted = test.page.getByRole('textbox', { name: 'Pasted message' })
    await pasted.click()
    await test.page.keyboard.press('Control+a')
    await test.page.keyboard.type('{"id": 820982911946151077, "name": "#1077"}')
    await documentLine('"number": "#1077"').waitFor()
    expect(JSON.stringify(sent('/try').at(-1)?.body)).toContain('820982911946151077')
    await test.page.keyboard.type('}')
    await see('The pasted message is not JSON')
  })

  it('keeps what was typed over a reload, until it is discarded', async () => {
    await openOrder()
    await changeTaxRule()
    await test.page.reload()
    await documentLine('"tax": "9.50"').waitFor()
    await button('Discard changes').click()
    await documentLine('"tax": "10.00"').waitFor()
  })

  it('is refused publication while a case fails, and publishes with its own cases', async () => {
    await openOrder()
    await changeTaxRule()
    await button('Publish…').click()
    await dialog().getByLabel('Note').fill('The tax that is due now.')
    await dialog().getByRole('button', { name: 'Publish' }).click()
    await dialog().getByText('1 of 2 cases fails').waitFor()
    await dialog().getByText('/totals/tax: expected "10.00", got "9.50"').waitFor()
    await dialog().getByRole('textbox', { name: 'Cases' }).click()
    await test.page.keyboard.type('# the new tax')
    await dialog().getByRole('button', { name: 'Publish' }).click()
    await see('#1 is published for everybody.')
    await test.page.getByRole('row', { name: /#1 for everybody.*holds now/ }).waitFor()
    expect(sent('/versions').findLast(call => call.method === 'POST')?.body).toMatchObject({
      note: 'The tax that is due now.',
      cases: expect.stringContaining('# the new tax'),
      text: expect.stringContaining('current_total_tax'),
    })
    expect(await button('Discard changes').count()).toBe(0)
  })

  it('publishes an overlay for one tenant, begun from a template', async () => {
    await openOrder()
    await test.page.getByRole('combobox', { name: 'File' }).selectOption('New overlay for tenant acme')
    await editor().getByText('extends').waitFor()
    await button('Publish…').click()
    await dialog().getByRole('button', { name: 'Publish' }).click()
    await test.page.getByRole('row', { name: /#1 for tenant acme/ }).waitFor()
  })

  it('rolls back after asking, and not when Escape is the answer', async () => {
    await openOrder()
    await test.page.getByRole('combobox', { name: 'File' }).selectOption('New overlay for tenant acme')
    await button('Publish…').click()
    await dialog().getByRole('button', { name: 'Publish' }).click()
    await button('Take back').click()
    await dialog().getByText('What was mapped meanwhile').waitFor()
    await test.page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    expect(sent('/rollback')).toEqual([])
    await button('Take back').click()
    await dialog().getByRole('button', { name: 'Take back' }).click()
    await test.page.getByRole('row', { name: /#2 for tenant acme.*nothing published/ }).waitFor()
    expect(sent('/rollback')[0]?.body).toEqual({ scope: 'tenant:acme', to: 0 })
    await button('Roll back to #1').click()
    await dialog().getByRole('button', { name: 'Roll back' }).click()
    await test.page.getByRole('row', { name: /#3 for tenant acme.*holds now/ }).waitFor()
  })

  it('shows what a shadow run would change, leaf by leaf', async () => {
    await openOrder()
    await button('Run').click()
    const figure = (name: string) => test.page.locator('.figures > div', { hasText: name }).locator('.number')
    expect(await figure('Documents change').textContent()).toBe('33')
    expect(await figure('Writes').textContent()).toBe('32')
    const bars = test.page.getByRole('list', { name: 'Documents by changed leaf' }).getByRole('listitem')
    expect(await bars.allTextContents()).toEqual([
      '/totals/tax32',
      '/lines/*/taxes/*/amount10',
      '/taxes/*/amount3',
    ])
    await test.page.getByRole('table', { name: 'Changes of order #1001' }).waitFor()
    await button('Show more').click()
    await see('order #1077 would be parked')
    await test.page.getByRole('link', { name: 'Trace #1001' }).click()
    await see('Confirmed by acme-odoo')
  })

  it('replays a range after saying how many messages it is', async () => {
    await openOrder()
    await button('Replay a range…').click()
    await dialog().getByRole('button', { name: 'Count' }).click()
    await dialog().getByText('42 messages match').waitFor()
    expect(sent('/replay').map(call => (call.body as { dryRun: boolean }).dryRun)).toEqual([true])
    await dialog().getByRole('button', { name: 'Replay 42 messages' }).click()
    await see('42 messages on the way again.')
  })

  it('shows which fields of live payloads nobody reads', async () => {
    await openOrder()
    const unread = test.page.getByRole('list', { name: 'Unread fields' }).getByRole('listitem')
    expect(await unread.count()).toBe(6)
    await see('unread and not in the source schema')
  })

  it('offers no act and no typing to a role that may only read', async () => {
    await openOrder({ role: 'viewer' })
    await see('Nothing is published.')
    expect(await button(/Publish|Run|Replay|Take back|Discard/).count()).toBe(0)
    await editor().click()
    await test.page.keyboard.press('Control+Home')
    await test.page.keyboard.type('x')
    expect(await editor().locator('.cm-line').first().textContent()).toMatch(/^# Shopify/)
    expect(sent('/try').some(call => 'text' in (call.body as object))).toBe(false)
  })

  it('waits for a message where none is stored', async () => {
    await open(ORDER, { empty: true })
    await see('No message of this mapping’s topics is stored yet.')
  })

  it.each(['/mappings', ORDER])('needs no sideways scrolling of %s at 390 pixels', async path => {
    await test.page.setViewportSize({ width: 390, height: 844 })
    await open(path)
    await test.page.getByRole('heading', { level: 1 }).waitFor()
    await test.page.locator('table, .document').first().waitFor()
    expect(await test.page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })
})
