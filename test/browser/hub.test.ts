import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { generateOrder, signedWebhook } from '#connectors/storefronts/shopify/simulator.ts'
import { buildDashboard, chromiumPath, type OpenBrowser, openBrowser } from '#test/support/browser.ts'
import { declaredHub, SHOP } from '#test/support/declared.ts'
import { type HubProcess, hubProcess } from '#test/support/hub-process.ts'
import { refusingErp } from '#test/support/refusing-erp.ts'
import { seeded } from '#test/support/seeded.ts'

const SECRET = 'browser-test-secret'
const NOW = Date.UTC(2026, 0, 15, 12)

const executable = chromiumPath()
const suite = executable ? describe : describe.skip

/** Signed as Shopify does; answers with the name that people call the order by. */
async function sendOrder(hub: HubProcess, n: number): Promise<string> {
  const payload = generateOrder(seeded(n), n, { at: NOW })
  const { headers, body } = signedWebhook({
    ...{ topic: 'orders/create', payload, shop: SHOP, secret: SECRET },
    ...{ apiVersion: '2026-10', eventId: `event-${n}`, webhookId: `webhook-${n}`, triggeredAt: NOW },
  })
  const answer = await fetch(`${hub.url}/webhooks/acme-shopify`, { method: 'POST', headers, body })
  expect(answer.status).toBe(200)
  return payload.name
}

suite('the dashboard of a running hub', () => {
  let erp: Awaited<ReturnType<typeof refusingErp>>
  let hub: HubProcess
  let browser: OpenBrowser
  let page: Page

  beforeAll(async () => {
    buildDashboard('workers/web/dashboard/dist')
    erp = await refusingErp()
    hub = await hubProcess({
      config: declaredHub({ baseUrl: erp.baseUrl, secret: SECRET, erp: { strategy: 'idempotency-key' } }),
    })
    await hub.start()
    browser = await openBrowser(executable!, { viewport: { width: 1_280, height: 900 } })
    page = await browser.context.newPage()
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
    await erp?.close()
  }, 60_000)

  const total = (name: string, value: number) =>
    page.locator(`[data-total="${name}"]`, { hasText: new RegExp(`^${value}$`) }).waitFor()

  it('takes an operator from refused orders to none, without a reload', async () => {
    const link = /https?:\/\/\S+\/sign-in\?token=\S+/.exec(hub.output())
    expect(link).not.toBeNull()
    const { pathname, search } = new URL(link![0])
    await page.goto(hub.url + pathname + search)
    await page.getByText('Live', { exact: true }).waitFor()

    const names = await Promise.all([1, 2, 3].map(n => sendOrder(hub, n)))
    await total('Dead letters', 3)
    await total('Received', 3)
    await total('Documents', 3)

    erp.correct()
    await page.getByRole('button', { name: 'Replay all' }).click()
    await page.getByRole('button', { name: 'Replay 3 letters' }).click()
    await total('Dead letters', 0)
    await total('Confirmed', 3)
    await total('Pending', 0)
    await total('Lost', 0)
    expect(erp.taken.size).toBe(3)

    await page.getByRole('searchbox').fill(names[0]!)
    await page.keyboard.press('Enter')
    await page.getByText('Not taken by acme-erp').waitFor()
    await page.getByText('Confirmed by acme-erp').waitFor()
    await page.getByText('Known at acme-erp as S-').waitFor()
  }, 60_000)
})
