import { type Api, type ConnectorContext, HubError } from '../../../sdk/index.ts'
import { type WriteRecord, type Written, writeRecord } from '../api.ts'

const TRIES = 4
const PAUSE_MS = 250

/** Two `PUT`s of one new external id at the same time both try to make it: the one that lost finds it there next time. */
export async function upsert(api: Api, context: ConnectorContext, write: WriteRecord): Promise<Written> {
  for (let tries = 1; ; tries++) {
    try {
      return await writeRecord(api, write)
    } catch (thrown) {
      const isTaken = thrown instanceof HubError && thrown.fingerprint === 'taken'
      if (!isTaken || tries === TRIES) throw thrown
      await context.sleep(PAUSE_MS * tries)
    }
  }
}
