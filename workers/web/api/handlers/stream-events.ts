import { HubError } from '#core/errors/hub-error.ts'
import type { Handler } from '../route.ts'

const HEARTBEAT_MS = 15_000
/** A reader that takes nothing is let go before it costs memory; EventSource connects again. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024

/** `health` with every new snapshot; comments keep proxies from closing. Ends with the reader or the process. */
export const streamEvents: Handler = async ({ principal, response, streams }, { health, clock }) => {
  if (!streams.add(response))
    throw new HubError('STATE_CONFLICT', { detail: 'There are too many open event streams.' })
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  const write = (text: string): void => {
    if (response.writableLength > MOST_UNREAD_BYTES) response.destroy()
    else response.write(text)
  }
  write('retry: 2000\n\n')
  const stopSnapshots = health.onSnapshot(
    snapshot => write(`event: health\ndata: ${JSON.stringify(snapshot)}\n\n`),
    principal.tenant,
  )
  let cancel = (): void => undefined
  const beat = (): void => {
    write(': heartbeat\n\n')
    cancel = clock.timer(HEARTBEAT_MS, beat)
  }
  cancel = clock.timer(HEARTBEAT_MS, beat)
  await new Promise(resolve => response.once('close', resolve))
  cancel()
  stopSnapshots()
}
