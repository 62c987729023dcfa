import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Quiet and alone: no GPU, no background traffic. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The system's Chromium, or null with the reason printed. */
export function chromiumPath(): string | null {
  const path = CHROMIUM.find(existsSync) ?? null
  if (!path) console.log(`skipped: no Chromium at ${CHROMIUM.join(', ')}`)
  return path
}

export interface OpenBrowser {
  context: BrowserContext
  close(): Promise<void>
}

/** A browser with a fresh profile, gone when it closes. */
export async function openBrowser(
  executablePath: string,
  options: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<OpenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'crossdock-profile-'))
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: FLAGS, ...options })
  return {
    context,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** The pages of the working tree, built into a folder of their own unless one is named. */
export function buildDashboard(folder?: string): { dist: string; remove(): void } {
  const dist = folder ? resolve(folder) : mkdtempSync(join(tmpdir(), 'crossdock-dist-'))
  const vite = ['node_modules/vite/bin/vite.js', 'build', 'workers/web/dashboard', '--emptyOutDir']
  const { status, stderr } = spawnSync(process.execPath, [...vite, '--outDir', dist, '--logLevel', 'error'], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`vite build failed: ${stderr}`)
  return { dist, remove: () => (folder ? undefined : rmSync(dist, { recursive: true, force: true })) }
}
