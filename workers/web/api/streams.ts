import type { Response } from 'express'

/** Open server-sent event streams, so that a shutdown can end them. */
export interface Streams {
  /** False when there are too many. */
  add(response: Response): boolean
  close(): void
}

const MOST = 500

export function createStreams(): Streams {
  const open = new Set<Response>()
  let closed = false
  return {
    add(response) {
      if (closed || open.size >= MOST) return false
      open.add(response)
      response.once('close', () => open.delete(response))
      return true
    },
    close() {
      closed = true
      for (const response of open) response.end()
    },
  }
}
