import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { HubError } from '../../errors/hub-error.ts'

const SCRIPT = fileURLToPath(new URL('./print-connection-ids.ts', import.meta.url))
const TIMEOUT_MS = 20_000

/**
 * Ids of the connections that people made, without opening the store: the configuration is checked before there is
 * one, and without waiting. The driver cannot answer so, another process can; it gets the address by its input, where
 * nobody sees it.
 */
export function readConnectionIds(url: string): string[] {
  const { status, stdout } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT], {
    ...{ input: url, encoding: 'utf8', timeout: TIMEOUT_MS },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  if (status !== 0) throw new HubError('STORE_UNAVAILABLE', { detail: 'Its connections cannot be read.' })
  return JSON.parse(stdout)
}
