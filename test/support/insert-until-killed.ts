import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { message, T0, wanted } from '../conformance/store/samples.ts'

/**
 * A process of its own: opens the store at the path given, claims one delivery, then inserts without end and writes
 * the id of every resolved insert to its output.
 */
const store = openSqliteStore({ url: process.argv[2]!, engine: true })
await store.deliveries.want(wanted('in-hand'), T0)
await store.deliveries.claim('in-hand', { token: 'dead', now: T0, until: T0 + 3_600_000 })

async function insertWithoutEnd(worker: number): Promise<never> {
  for (let n = 0; ; n++) {
    const id = `${worker}-${n}`
    await store.messages.insert(message(id, { body: Buffer.alloc(2_000, id) }))
    process.stdout.write(`${id}\n`)
  }
}

await Promise.all(Array.from({ length: 20 }, (_, worker) => insertWithoutEnd(worker)))
