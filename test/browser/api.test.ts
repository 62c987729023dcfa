import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { servePages } from '#test/support/api-pages.ts'
import { buildDashboard, chromiumPath, type OpenBrowser, openBrowser } from '#test/support/browser.ts'
import { landDead, landOrder } from '../integration/api-harness.ts'

const executable = chromiumPath()
const suite = executable ? describe : describe.skip

suite('the dashboard on the real API', () => {
  let built: ReturnType<typeof buildDashboard>
  let browser: OpenBrowser
  let page: Page
  let world: Awaited<ReturnType<typeof servePages>>

  beforeAll(async () => {
    built = buildDashboard()
    browser = await openBrowser(executable!, { viewport: { width: 1280, height: 900 } })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    built?.remove()
  })
  beforeEach(async () => {
    world = await servePages(built.dist)
    const stored = {
      tenant: 'acme',
      settings: {},
      secrets: {},
      tables: {},
      state: 'active',
      declared: false,
    } as const
    await world.store.connections.put({
      ...stored,
      id: 'acme-shop',
      connector: 'shop',
      updatedAt: world.clock.now(),
    })
    await landOrder(world, { id: '1' })
    for (const id of ['7', '8']) await landDead(world, id)
    page = await browser.context.newPage()
  })
  afterEach(async () => {
    await page.close()
    await browser.context.clearCookies()
    await world.close()
  })
  const total = (name: string, value: string) =>
    page.locator(`[data-total="${name}"]`, { hasText: new RegExp(`^${value}$`) }).waitFor()
  const see = (text: string) => page.getByText(text).first().waitFor()

  it('lets nobody in without a link, and an operator with one', async () => {
    await page.goto(world.url)
    await page.getByRole('heading', { name: 'Sign in to Crossdock' }).waitFor()
    await page.goto(await world.signInPath('operator'))
    await page.getByRole('heading', { level: 1, name: '2 dead letters wait for a decision.' }).waitFor()
    await total('Received', '3')
    await total('Documents', '1')
    await total('Pending', '1')
    await total('Lost', '0')
  })

  it('shows the payload of a letter and clears its cause, live', async () => {
    await page.goto(await world.signInPath('operator'))
    await page.getByRole('link', { name: /^Open/ }).click()
    await page
      .getByRole('button', { name: /currency/ })
      .first()
      .click()
    await see('jane@example.com')
    await page.getByRole('button', { name: 'Replay all' }).click()
    await page.getByRole('button', { name: 'Replay 2 letters' }).click()
    await see('2 letters on the way again.')
    await world.clock.advance(1_000)
    await see('Cleared.')
    await page.getByRole('link', { name: 'Health' }).click()
    await total('Dead letters', '0')
    await total('Pending', '3')
    expect(world.queued.filter(job => job.startsWith('translate')).toSorted()).toEqual([
      'translate 7',
      'translate 8',
    ])
  })

  it('discards with a reason that the store keeps', async () => {
    await page.goto(await world.signInPath('operator'))
    await page.getByRole('link', { name: /^Open/ }).click()
    await page.getByRole('button', { name: 'Discard' }).first().click()
    await page.getByLabel('Reason').fill('A test order.')
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
    await see('The letter is discarded.')
    const { items } = await world.store.deadLetters.list({ state: 'discarded' })
    expect(items.map(letter => letter.closeReason)).toEqual(['A test order.'])
  })

  it('hides personal data from a viewer, who may not act', async () => {
    await page.goto(await world.signInPath('viewer'))
    await page.getByRole('link', { name: /^Open/ }).click()
    await page
      .getByRole('button', { name: /currency/ })
      .first()
      .click()
    await see('personal data hidden for your role')
    expect(await page.locator('.payload').textContent()).not.toContain('jane')
    expect(await page.getByRole('button', { name: /Replay|Discard/ }).count()).toBe(0)
  })

  it('traces an order by its number, with or without the sign', async () => {
    await page.goto(await world.signInPath('operator'))
    await page.getByRole('searchbox').fill('1001')
    await page.keyboard.press('Enter')
    await see('Received orders/create from acme-shop')
    await see('Became order #1001')
  })

  it('signs out', async () => {
    await page.goto(await world.signInPath('operator'))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to Crossdock' }).waitFor()
  })
})
