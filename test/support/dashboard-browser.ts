import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals'
import type { Page } from 'playwright-core'
import { buildDashboard, chromiumPath, type OpenBrowser, openBrowser } from './browser.ts'
import { type DashboardServer, type DashboardServerOptions, serveDashboard } from './dashboard-server.ts'

export interface DashboardTest {
  readonly page: Page
  readonly server: DashboardServer
  /** Uncaught errors and what the console calls one, refusals of the content security policy among them. */
  readonly errors: readonly string[]
  open(path: string, options?: DashboardServerOptions): Promise<void>
  /** Waits until the text is somewhere on the page. */
  see(text: string): Promise<void>
}

/** A suite over the built pages in a browser, with a fresh page and fresh answers a test; skipped without a browser. */
export function describeDashboard(name: string, tests: (test: DashboardTest) => void): void {
  const executable = chromiumPath()
  const suite = executable ? describe : describe.skip
  suite(name, () => {
    let built: ReturnType<typeof buildDashboard>
    let browser: OpenBrowser
    let server: DashboardServer
    let page: Page
    let errors: string[]

    beforeAll(async () => {
      built = buildDashboard()
      browser = await openBrowser(executable!, { viewport: { width: 1280, height: 900 } })
    }, 60_000)
    afterAll(async () => {
      await browser?.close()
      built?.remove()
    })
    beforeEach(async () => {
      page = await browser.context.newPage()
      errors = []
      page.on('pageerror', error => errors.push(error.message))
      page.on('console', message => message.type() === 'error' && errors.push(message.text()))
    })
    afterEach(async () => {
      await page.close()
      await server.close()
    })

    tests({
      get page() {
        return page
      },
      get server() {
        return server
      },
      get errors() {
        return errors
      },
      async open(path, options = {}) {
        server = await serveDashboard(built.dist, options)
        await page.goto(server.url + path)
      },
      see: text => page.getByText(text, { exact: false }).first().waitFor(),
    })
  })
}
