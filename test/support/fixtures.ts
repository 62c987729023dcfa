import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

/** Folder of real partner payloads, kept outside the project; null where it is not there, so that a suite can say why it skips. */
export function fixturesDir(): string | null {
  const folder = resolve(PROJECT, process.env.HUB_FIXTURES ?? '../shared/fixtures')
  return existsSync(folder) ? folder : null
}
