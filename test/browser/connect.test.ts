import { expect, it } from '@jest/globals'
import { describeDashboard } from '#test/support/dashboard-browser.ts'

describeDashboard('connecting a store', test => {
  const { see } = test

  it('begins with the partner and says which ones still need an app', async () => {
    await test.open('/')
    await test.page.getByRole('link', { name: 'Connect', exact: true }).click()
    await see('Where is the store?')
    await see('An administrator has to give the app first.')
    expect(await test.page.locator('.partner').count()).toBe(3)
    await test.page.getByRole('link', { name: /Shopify/ }).click()
    await test.page.getByRole('heading', { level: 1, name: 'Connect Shopify' }).waitFor()
    expect(test.errors).toEqual([])
  })

  it('goes to the hub’s own address with what the partner’s page needs', async () => {
    await test.open('/connect-a-store?connector=shopify')
    const gone = test.page.waitForRequest(/\/connect\/shopify\?/)
    await test.page.getByLabel('Name of the connection').fill('acme-shop')
    await test.page.getByRole('textbox', { name: /^Shop/ }).fill('acme.myshopify.com')
    await test.page.getByRole('button', { name: 'Go to Shopify' }).click()
    const { searchParams } = new URL((await gone).url())
    expect(Object.fromEntries(searchParams)).toEqual({ connection: 'acme-shop', shop: 'acme.myshopify.com' })
  })

  it('refuses a shop that is none before anything is sent', async () => {
    await test.open('/connect-a-store?connector=shopify')
    const shop = test.page.getByRole('textbox', { name: /^Shop/ })
    await shop.fill('not a shop')
    expect(
      await shop.evaluate(field => (field as unknown as { checkValidity(): boolean }).checkValidity()),
    ).toBe(false)
    await shop.press('Enter')
    expect(new URL(test.page.url()).pathname).toBe('/connect-a-store')
  })

  it('makes a link for a merchant without an account', async () => {
    await test.open('/connect-a-store?connector=shopify')
    await test.page.getByRole('textbox', { name: /^Shop/ }).fill('acme.myshopify.com')
    await test.page.getByRole('button', { name: 'Make a link for the merchant' }).click()
    await test.page.getByLabel('Send this to the merchant').waitFor()
    expect(test.server.calls.find(({ method }) => method === 'POST')).toMatchObject({
      path: '/invitations',
      body: { connector: 'shopify', connection: 'my-shopify', settings: { shop: 'acme.myshopify.com' } },
    })
  })

  it('is not offered to a role that may only look', async () => {
    await test.open('/connect-a-store', { role: 'viewer' })
    await see('Your role may look only.')
    expect(await test.page.getByRole('link', { name: 'Connect', exact: true }).count()).toBe(0)
  })
})

describeDashboard('the API calendar', test => {
  it('lists the versions in use, the one that ends first on top, and says in words how long each has', async () => {
    await test.open('/')
    const rows = test.page.locator('.calendar li')
    await rows.first().waitFor()
    expect(await rows.allTextContents()).toEqual([
      'Odoo 14Ended on 2026-01-01: update the hub',
      'Amazon orders v071 days left, until 2026-03-27',
      'Shopify 2026-10624 days left, until 2027-10-01',
    ])
  })
})
