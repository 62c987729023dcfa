import type { MongoClient } from 'mongodb'

export interface ReviveOptions {
  /** A look of the driver at its server that lasts longer never ends. */
  silenceMs?: number
  everyMs?: number
}

const SILENCE_MS = 30_000
const EVERY_MS = 5_000

/** Twice what the driver gives a look at most: to connect, and for the server to answer. */
const longest = ({ connectTimeoutMS, heartbeatFrequencyMS }: MongoClient['options']): number =>
  Math.max(SILENCE_MS, 2 * (connectTimeoutMS + heartbeatFrequencyMS))

/**
 * Connects anew when the driver has stopped looking for its server. mongodb 7.8 waits for ever when it writes to a socket
 * in the moment in which the server dies (`Connection.writeCommand` waits for a drain that never comes); where that is the
 * connection it looks with, the client never finds a server again. The returned function ends the watch.
 */
export function reviveWhenDeaf(
  client: MongoClient,
  { silenceMs = longest(client.options), everyMs = EVERY_MS }: ReviveOptions = {},
): () => Promise<void> {
  const looks = new Map<string, number>()
  const ended = ({ connectionId }: { connectionId: string }) => looks.delete(connectionId)
  let reviving: Promise<void> | null = null
  let closed = false

  client.on('serverHeartbeatStarted', ({ connectionId }) => looks.set(connectionId, performance.now()))
  client.on('serverHeartbeatSucceeded', ended)
  client.on('serverHeartbeatFailed', ended)
  client.on('serverClosed', ({ address }) => looks.delete(address))

  async function revive(): Promise<void> {
    if (!closed) await client.close()
    closed = true
    looks.clear()
    await client.connect()
    closed = false
  }

  function look(): void {
    const now = performance.now()
    const deaf = [...looks.values()].some(since => now - since > silenceMs)
    if (reviving || !(deaf || closed)) return
    // With the server still away it fails: the next turn tries again.
    reviving = revive()
      .catch(() => undefined)
      .finally(() => {
        reviving = null
      })
  }

  const timer = setInterval(look, everyMs).unref()
  return async () => {
    clearInterval(timer)
    await reviving
  }
}
