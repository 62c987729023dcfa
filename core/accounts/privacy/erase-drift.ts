import type { Store } from '../../contracts/store.ts'
import { each } from './erase-trail.ts'
import { traceOf, type Whom } from './whom.ts'

/** Samples of payloads that are erased; what is still in live payloads comes back by itself. */
export async function eraseDrift(store: Store, whom: Whom): Promise<void> {
  const { connection, person } = whom
  if (!person) {
    await store.drift.clear({ connection })
    return
  }
  const speaksOfThem = traceOf(whom)
  for await (const finding of each(page => store.drift.list({ connection }, page))) {
    const { topic, kind, pointer, value, sample } = finding
    const isTheirs = (await store.messages.get(finding.message))?.erased !== undefined
    if (isTheirs || speaksOfThem(Buffer.from(`${value}\n${sample}\n${pointer}`)))
      await store.drift.clear({ connection, topic, kind, pointer })
  }
}
