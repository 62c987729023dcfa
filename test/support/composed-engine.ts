import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { loadConfig } from '#config/load.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { composeBase, manifests } from '#workers/compose/base.ts'
import { composeEngine } from '#workers/compose/engine.ts'
import { composeMappings } from '#workers/compose/mappings.ts'

type Work = 'translate' | 'deliver'

/**
 * The hub's own parts on a real store, without its workers: `drain` does all that is due now, and then nothing runs. The
 * store is in memory unless a folder is given, which stays.
 */
export async function composedEngine(config: Record<string, unknown>, folder?: string) {
  const dataDir = folder ?? mkdtempSync(join(tmpdir(), 'crossdock-engine-'))
  const clock = new ManualClock()
  const loaded = await loadConfig({
    env: {
      HUB_CONFIG: 'hub.yaml',
      HUB_DATA_DIR: dataDir,
      HUB_STORE_URL: folder ? 'sqlite:' : 'sqlite::memory:',
      HUB_LOG_LEVEL: 'silent',
    },
    readFile: () => stringify(config),
    manifests,
    storedConnections: () => new Set(),
  })
  const base = await composeBase(loaded, true, { clock, random: () => 0.5 })
  const mappings = await composeMappings(base, 'mappings')
  const engine = composeEngine(base, mappings)
  const handlers = { translate: engine.translate, deliver: engine.deliver }

  return {
    ...{ dataDir, clock, base, engine, ...mappings, ...engine.whatIf },
    async drain(works: readonly Work[] = ['translate', 'deliver']): Promise<void> {
      for (const work of works) {
        for (;;) {
          const due = await base.store.upkeep.due(work, clock.now(), 100)
          if (due.length === 0) break
          await Promise.all(due.map(({ id }) => handlers[work](id, new AbortController().signal)))
        }
      }
    },
    async close(): Promise<void> {
      await base.close()
      if (!folder) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type ComposedEngine = Awaited<ReturnType<typeof composedEngine>>
