import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { systemClock } from '#core/kernel/clock.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'

const BODY_BYTES = 6_500
const BATCH = 250
/** As many as a sweep reads, and how many sweeps. */
const PAGE = 1_000
const SWEEPS = 50

/**
 * Megabytes of resident memory at the peak of a fresh process that takes in `count` messages of about 6.5 KB and then,
 * with all of them pending, refills the queue from the store in bounded pages.
 */
export async function benchMemory(count = 200_000): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-memory-'))
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [
      fileURLToPath(import.meta.url),
      folder,
      `${count}`,
    ])
    const { peakMb } = JSON.parse(stdout) as { peakMb: number }
    console.log(
      `memory: ${peakMb} MB resident at the peak with ${count} pending messages of ${BODY_BYTES} bytes`,
    )
    return peakMb
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The fresh process. */
async function holdAndRefill(folder: string, count: number): Promise<void> {
  const store = openSqliteStore({ url: join(folder, 'hub.db'), engine: true })
  const queue = createEmbeddedQueue({ clock: systemClock })
  const now = systemClock.now()
  const body = Buffer.from(randomBytes(BODY_BYTES / 2).toString('hex'))
  const insert = (id: string) =>
    store.messages.insert({
      ...{ id, tenant: 'acme', connection: 'shop', topic: 'orders/create', via: 'webhook', dedupeKey: id },
      ...{ receivedAt: now, headers: { 'content-type': 'application/json' }, body },
    })
  for (let done = 0; done < count; done += BATCH)
    await Promise.all(
      Array.from({ length: Math.min(BATCH, count - done) }, () => insert(randomBytes(16).toString('hex'))),
    )
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const due = await store.upkeep.due('translate', now, PAGE)
    await Promise.all(due.map(({ id, priority }) => queue.enqueue('translate', id, { priority })))
  }
  // `maxRSS` is in kilobytes: the peak, which a reading at the end would miss.
  process.stdout.write(JSON.stringify({ peakMb: Math.round(process.resourceUsage().maxRSS / 1_024) }))
  await queue.close()
  await store.close()
}

const [, script, folder, count] = process.argv
if (script === fileURLToPath(import.meta.url)) {
  if (folder && count) await holdAndRefill(folder, Number(count))
  else await benchMemory()
}
