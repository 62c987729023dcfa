import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { createKeys } from '#core/accounts/keys.ts'
import type { Store } from '#core/contracts/store.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { call } from '../../support/call.ts'

export interface Drained {
  url: string
  /** Of an administrator, for the API. */
  key: string
  progress?(line: string): void
  /** What has to be done: lists of the API; everything unless told. */
  underWay?: readonly string[]
  /** Looks before it is called stuck. */
  mostTurns?: number
}

const TURN_MS = 100
const MOST_TURNS = 3_000
const UNDER_WAY = [
  'messages?state=pending&limit=1',
  ...['pending', 'waiting', 'held'].map(state => `deliveries?state=${state}&limit=1`),
]

/** Until the hub itself says that nothing is under way; returns its open dead letters. */
export async function untilDrained(drained: Drained): Promise<number> {
  const { url, key, progress, underWay = UNDER_WAY, mostTurns = MOST_TURNS } = drained
  const total = (path: string) => totalOf(`${url}/api/v1/${path}`, key)
  for (let turn = 0; turn < mostTurns; turn++) {
    const counts = await Promise.all(underWay.map(total))
    const left = counts.reduce((sum, count) => sum + count, 0)
    if (left === 0) return total('dead-letters?state=open&limit=1')
    if (turn % 10 === 0) progress?.(`${left} under way`)
    await pause(TURN_MS)
  }
  throw new Error('Not drained after long.')
}

/** Asked again while nobody answers: the process may be dead, its store away. */
async function totalOf(url: string, key: string): Promise<number> {
  for (;;) {
    const { status, text } = await call(url, { headers: { authorization: `Bearer ${key}` } })
    if (status === 200) return (JSON.parse(text) as { total: number }).total
    if (status !== 0 && status !== 503) throw new Error(`${url} answers ${status}: ${text}`)
    await pause(TURN_MS)
  }
}

/** Written into the store beside the running hub, as the command line does it. */
export async function createKey(opened: Store | Promise<Store>): Promise<string> {
  const store = await opened
  try {
    const { key } = await createKeys({ store, random: randomBytes, clock: systemClock }).create({
      role: 'admin',
    })
    return key
  } finally {
    await store.close()
  }
}
