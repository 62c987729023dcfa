import { setTimeout as pause } from 'node:timers/promises'
import { untilDrained } from '../storm/drain.ts'
import type { Channel } from './channel.ts'

export interface OwnWork {
  channels: readonly Channel[]
  hubUrl: string
  key: string
  progress?(line: string): void
}

export interface Settling<Found> extends OwnWork {
  look(): Promise<Found>
  harmIn(found: Found): number
  patienceMs: number
}

const LOOK_MS = 3_000
/** Odoo takes a few orders a second. */
const MOST_TURNS = 20_000

/** Nothing is under way. */
export const untilDone = ({ channels, hubUrl: url, key, progress }: OwnWork): Promise<number> =>
  untilDrained({ url, key, progress, underWay: ownWork(channels), mostTurns: MOST_TURNS })

/** Nothing is under way, and nothing is left that a poll could still bring; what was found when patience ended. */
export async function untilSettled<Found>(settling: Settling<Found>): Promise<Found> {
  const { look, harmIn, progress } = settling
  const end = Date.now() + settling.patienceMs
  for (;;) {
    await untilDone(settling)
    const found = await look()
    const harm = harmIn(found)
    if (harm === 0 || Date.now() > end) return found
    progress?.(`${harm} differences`)
    await pause(LOOK_MS)
  }
}

/** Transfers of other hubs' orders, which Odoo tells of as well, wait for orders that this one never gets. */
const ownWork = (channels: readonly Channel[]): string[] => [
  ...channels.map(({ id }) => `messages?state=pending&connection=${id}&limit=1`),
  ...['order', 'return', 'inventory'].flatMap(resource =>
    ['pending', 'waiting', 'held'].map(state => `deliveries?state=${state}&resource=${resource}&limit=1`),
  ),
]
