import { once } from 'node:events'
import { createServer } from 'node:net'
import type { HubConfig } from '#config/schema.ts'
import type { Check } from './check-hub.ts'

const ANSWER_MS = 2_000

/** Free, or taken by the hub itself. */
export async function checkPort({ port, roles }: Pick<HubConfig, 'port' | 'roles'>): Promise<Check> {
  const name = `port ${port}`
  if (!roles.includes('web')) return { name, ok: true, detail: 'not needed: no web role here' }
  if (await isFree(port)) return { name, ok: true, detail: 'free' }
  if (await isHub(port)) return { name, ok: true, detail: 'a hub answers there' }
  return {
    name,
    ok: false,
    detail: 'another program listens there',
    fix: 'Stop it, or choose another HUB_PORT.',
  }
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const listening = once(server, 'listening')
  server.listen(port)
  try {
    await listening
  } catch {
    return false
  }
  const closed = once(server, 'close')
  server.close()
  await closed
  return true
}

async function isHub(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/livez`, { signal: AbortSignal.timeout(ANSWER_MS) })
    return answer.ok && 'alive' in ((await answer.json()) as object)
  } catch {
    return false
  }
}
