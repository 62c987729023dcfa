import { expect, it } from '@jest/globals'
import { describeDashboard } from '#test/support/dashboard-browser.ts'

const CAUSE = '/dead-letters/table-miss-financial-status'

describeDashboard('the dashboard', test => {
  const { see } = test
  const open = (path = '/', options = {}) => test.open(path, options)
  const total = (name: string) => test.page.locator(`[data-total="${name}"]`)

  it('shows the state of everything on the first page, live, under its own content security policy', async () => {
    await open()
    await test.page.getByRole('heading', { level: 1, name: 'acme-3pl is down.' }).waitFor()
    await see('Live')
    expect(await total('Received').textContent()).toBe('128,412')
    expect(await total('Dead letters').textContent()).toBe('3')
    expect(await total('Lost').textContent()).toBe('0')
    expect(await test.page.locator('.plot canvas').count()).toBe(2)
    const rows = test.page.getByRole('row', { name: /^acme-/ })
    expect(await rows.count()).toBe(6)
    expect(await rows.first().textContent()).toContain('next try in 42 s')
    expect(test.errors).toEqual([])
  })

  it('replays a whole cause after saying how many, and the count goes to 0 by itself', async () => {
    await open()
    await test.page.getByRole('button', { name: 'Replay all' }).click()
    const dialog = test.page.getByRole('dialog')
    await dialog.getByText('3 letters are tried again').waitFor()
    expect(test.server.calls.filter(call => call.method === 'POST')).toEqual([])
    await dialog.getByRole('button', { name: 'Replay 3 letters' }).click()
    await see('3 letters on the way again.')
    await test.page.locator('[data-total="Dead letters"]', { hasText: /^0$/ }).waitFor()
    await see('No dead letters.')
    expect(test.server.calls.filter(call => call.method === 'POST').map(call => call.path)).toEqual([
      '/causes/table-miss-financial-status/replay',
    ])
  })

  it('replays nothing when the question is answered with Escape', async () => {
    await open()
    const button = test.page.getByRole('button', { name: 'Replay all' })
    await button.click()
    await test.page.getByRole('button', { name: 'Replay 3 letters' }).waitFor()
    await test.page.keyboard.press('Escape')
    await test.page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(test.server.calls.some(call => call.method === 'POST')).toBe(false)
  })

  it('shows payload and attempts of a letter, and replays that one', async () => {
    await open(CAUSE)
    await test.page.getByRole('button', { name: /Order #1001/ }).click()
    await see('"financial_status": "partially_voided"')
    await see('820982911946154508')
    await test.page.locator('.letter', { hasText: '#1001' }).getByRole('button', { name: 'Replay' }).click()
    await test.page.getByRole('button', { name: /Order #1001/ }).waitFor({ state: 'detached' })
    await see('2 letters open')
  })

  it('lists the causes beyond the largest on demand, and names each on its own page', async () => {
    await open('/dead-letters', { manyCauses: true })
    await see('Origin 19')
    expect(await test.page.getByText('Origin 20').count()).toBe(0)
    const more = test.page.getByRole('button', { name: 'Show more causes' })
    await more.click()
    await see('Origin 22')
    expect([await test.page.locator('.cause').count(), await more.count()]).toEqual([23, 0])
    await test.page.getByRole('link', { name: 'Open Origin 22' }).click()
    await test.page.getByRole('heading', { level: 1, name: 'Origin 22' }).waitFor()
    await test.page.getByRole('button', { name: 'Replay all' }).waitFor()
    await see('18 letters open')
  })

  it('discards a letter only with a reason', async () => {
    await open(CAUSE)
    await test.page.locator('.letter', { hasText: '#1002' }).getByRole('button', { name: 'Discard' }).click()
    const dialog = test.page.getByRole('dialog')
    const confirm = dialog.getByRole('button', { name: 'Discard' })
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByLabel('Reason').fill('Cancelled by the shop.')
    await confirm.click()
    await see('The letter is discarded.')
    expect(test.server.calls.find(call => call.method === 'POST')).toMatchObject({
      path: '/dead-letters/letter-2/discard',
      body: { reason: 'Cancelled by the shop.' },
    })
  })

  it('offers no act to a role that may only read', async () => {
    await open(CAUSE, { role: 'viewer' })
    await test.page.getByRole('button', { name: /Order #1001/ }).waitFor()
    expect(await test.page.getByRole('button', { name: /Replay|Discard/ }).count()).toBe(0)
  })

  it('traces an order by keyboard alone', async () => {
    await open()
    await test.page.getByRole('heading', { level: 1 }).waitFor()
    await test.page.keyboard.press('/')
    await test.page.keyboard.type('#1001')
    await test.page.keyboard.press('Enter')
    await see('Confirmed by acme-odoo')
    expect(await test.page.locator('.timeline strong').allTextContents()).toEqual([
      'Received orders/create from acme-shopify',
      'Translated',
      'Became order #1001',
      'Not taken by acme-odoo: The partner did not answer in time.',
      'Confirmed by acme-odoo',
      'Known at acme-odoo as S00417',
    ])
  })

  it('says so when nothing is known under a number', async () => {
    await open('/trace?number=%239999')
    await see('Nothing is known under “#9999”.')
  })

  it('tells a new operator what to do first', async () => {
    await open('/', { empty: true })
    await see('Nothing is connected yet')
    await see('connections add my-shop')
  })

  it('keeps the last numbers and says so when the hub does not answer', async () => {
    await open()
    await see('Live')
    test.server.breakApi()
    await test.page.getByRole('alert').getByText('No connection to the hub.').waitFor()
    expect(await total('Received').textContent()).toBe('128,412')
  })

  it('explains how to sign in, keeps the token out of the address, and goes on with a pasted link', async () => {
    await open('/sign-in?token=used-token', { signedOut: true })
    await test.page.getByRole('alert').getByText('used or expired').waitFor()
    expect(test.page.url()).not.toContain('token')
    await see('npm run -s hub -- keys sign-in')
    await test.page.getByLabel('Sign-in link').fill(`${test.server.url}/sign-in?token=good-token`)
    await test.page.getByRole('button', { name: 'Sign in' }).click()
    await test.page.getByRole('heading', { level: 1, name: 'acme-3pl is down.' }).waitFor()
  })

  it('asks to sign in again when the session ends', async () => {
    await open()
    await see('Live')
    test.server.signOut()
    await test.page.getByRole('heading', { name: 'Sign in to Crossdock' }).waitFor()
  })

  it.each([1_440, 900, 390])('needs no sideways scrolling at %i pixels', async width => {
    await test.page.setViewportSize({ width, height: 900 })
    await open()
    await test.page.getByRole('heading', { level: 1 }).waitFor()
    expect(await test.page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })
})
