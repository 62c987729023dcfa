import { loadConfig } from '#config/load.ts'
import type { HubConfig } from '#config/schema.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { MANIFESTS } from './manifests.ts'

type Env = Record<string, string>

/** Loads with the text as the file `hub.yaml`; without a text, with the environment alone. */
export const load = (yaml: string | null, env: Env = {}, stored: string[] = []): HubConfig =>
  loadConfig({
    storedConnections: () => new Set(stored),
    env: yaml === null ? env : { HUB_CONFIG: 'hub.yaml', ...env },
    readFile: path => {
      if (path !== 'hub.yaml' || yaml === null) throw new Error('ENOENT')
      return yaml
    },
    manifests: MANIFESTS,
  })

/** Code and lines of the refusal. */
export function refusalOf(yaml: string | null, env: Env = {}): { code: string; lines: string[] } {
  try {
    load(yaml, env)
  } catch (error) {
    if (error instanceof HubError) return { code: error.code, lines: error.detail.split('\n') }
    throw error
  }
  throw new Error('It was accepted.')
}
