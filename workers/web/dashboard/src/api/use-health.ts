import { useEffect, useState } from 'preact/hooks'
import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import { get } from './client.ts'

/** `live`: pushed by the hub. `polling`: asked for every few seconds. `offline`: neither works. */
export type Connectivity = 'connecting' | 'live' | 'polling' | 'offline'

export interface HealthFeed {
  snapshot: HealthSnapshot | null
  connectivity: Connectivity
}

const POLL_MS = 4_000

/** Server-sent events; while they do not come through (a proxy, a restart) the page polls, and says so. */
export function useHealth(enabled: boolean): HealthFeed {
  const [feed, setFeed] = useState<HealthFeed>({ snapshot: null, connectivity: 'connecting' })

  useEffect(() => {
    if (!enabled) return
    let pushed = false
    const show = (snapshot: HealthSnapshot, connectivity: Connectivity) => setFeed({ snapshot, connectivity })
    const poll = async () => {
      if (pushed) return
      try {
        show(await get<HealthSnapshot>('/health'), 'polling')
      } catch {
        setFeed(feed => ({ ...feed, connectivity: 'offline' }))
      }
    }
    const source = new EventSource('/api/v1/events')
    source.addEventListener('health', event => {
      pushed = true
      show(JSON.parse(event.data) as HealthSnapshot, 'live')
    })
    source.addEventListener('error', () => {
      pushed = false
      void poll()
    })
    const timer = setInterval(() => void poll(), POLL_MS)
    return () => {
      source.close()
      clearInterval(timer)
    }
  }, [enabled])

  return feed
}
