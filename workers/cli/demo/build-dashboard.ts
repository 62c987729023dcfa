import { existsSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from './say.ts'

const FOLDER = 'workers/web/dashboard'

/** Builds the pages unless they are there and newer than their sources. */
export async function buildDashboard(): Promise<void> {
  const built = join(FOLDER, 'dist/index.html')
  if (existsSync(built) && statSync(built).mtimeMs >= (await newestSource())) return
  say('Building the dashboard.')
  const { build } = await import('vite')
  await build({ configFile: join(FOLDER, 'vite.config.ts'), logLevel: 'warn' })
}

async function newestSource(): Promise<number> {
  const inside = await readdir(join(FOLDER, 'src'), { recursive: true })
  const sources = [...inside.map(file => join('src', file)), 'index.html', 'vite.config.ts']
  return Math.max(...sources.map(file => statSync(join(FOLDER, file)).mtimeMs))
}
