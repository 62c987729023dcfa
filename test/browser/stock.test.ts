import { expect, it } from '@jest/globals'
import { describeDashboard } from '#test/support/dashboard-browser.ts'

describeDashboard('the stock page', test => {
  const { open, see } = test
  const figures = (sku: string) => test.page.getByRole('list', { name: `Figures of ${sku}` })

  it('shows what is counted, held and shown of each item', async () => {
    await open('/stock')
    const tent = (await figures('TENT-2P-GREEN').textContent()) ?? ''
    for (const part of ['Counted212', '18 held by 11 orders', 'acme-ebay40 → 48', 'to be written'])
      expect(tent).toContain(part)
    expect(await test.page.getByRole('list', { name: 'Where TENT-2P-GREEN lies' }).textContent()).toBe(
      'Hamburg 140Lyon 72',
    )
    expect(test.errors).toEqual([])
  })

  it('draws all bars of an item to one scale', async () => {
    await open('/stock')
    const widths = await figures('TENT-2P-GREEN')
      .locator('.offer .track i')
      .evaluateAll(bars => bars.map(bar => bar.getBoundingClientRect().width))
    const [amazon, ebay, shopify] = widths as [number, number, number]
    expect(amazon).toBeCloseTo(shopify, 0)
    expect(ebay / amazon).toBeCloseTo(40 / 97, 1)
  })

  it('names what was oversold, refused, perhaps sold and drifted', async () => {
    await open('/stock')
    await see('oversold')
    expect(await figures('STOVE-TI').textContent()).toContain('1 → 0refused')
    const boot = (await figures('BOOT-GTX-42').textContent()) ?? ''
    for (const part of ['2 perhaps sold', 'drifted by +6']) expect(boot).toContain(part)
  })

  it('finds one SKU', async () => {
    await open('/stock')
    await figures('STOVE-TI').waitFor()
    await test.page.getByRole('searchbox', { name: 'SKU' }).fill('BOOT-GTX-42')
    await test.page.getByRole('button', { name: 'Find' }).click()
    await figures('STOVE-TI').waitFor({ state: 'detached' })
    await figures('BOOT-GTX-42').waitFor()
  })

  it('asks for the next items, and goes back to the first', async () => {
    await open('/stock')
    await test.page.getByRole('button', { name: 'Next items' }).click()
    await test.page.getByRole('button', { name: 'First items' }).waitFor()
    expect(test.server.calls.some(({ path }) => path.includes('after=more'))).toBe(true)
  })

  it('says so while nothing is counted, and when it cannot be shown', async () => {
    await open('/stock', { empty: true })
    await see('Nothing was counted yet.')
    test.server.breakApi()
    await test.page.getByRole('searchbox', { name: 'SKU' }).fill('X')
    await test.page.getByRole('button', { name: 'Find' }).click()
    await see('Stock cannot be shown.')
  })

  it('needs no sideways scrolling at 390 pixels', async () => {
    await test.page.setViewportSize({ width: 390, height: 844 })
    await open('/stock')
    await figures('STOVE-TI').waitFor()
    expect(await test.page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })

  it('has its figures on the health page, unless no ledger is declared', async () => {
    await open('/')
    const panel = test.page.getByRole('region', { name: 'Stock' })
    const text = (await panel.textContent()) ?? ''
    for (const part of ['Oversold1', 'Stale counts3', 'Unpublished figures182', 'Drift repaired, 24 h2'])
      expect(text).toContain(part)
  })
})
