import { setTimeout as pause } from 'node:timers/promises'
import { call } from '../../support/call.ts'
import { shuffle } from '../../support/seeded.ts'
import type { Channel, Webhook } from './channel.ts'

export interface LoadOptions {
  channels: readonly Channel[]
  orders: number
  random: () => number
  hubUrl: string
  progress?(line: string): void
}

export interface Loaded {
  orders: number
  changes: number
  cancellations: number
  /** Webhooks posted until they were taken, doubles among them. */
  webhooks: number
  /** Posted once and lost. */
  lost: number
}

interface Step {
  channel: Channel
  act(): { id: string; event: 'created' | 'updated' }
}

const AT_ONCE = 6
const REPEAT_MS = 50
const EDITED = 0.35
const CANCELLED = 0.12
const DOUBLED = 0.2
const LATE = 0.1

/** Orders over all channels, some changed, some cancelled; their webhooks come twice, late, after newer ones. */
export async function loadOrders(options: LoadOptions): Promise<Loaded> {
  const counts = { orders: 0, changes: 0, cancellations: 0 }
  const sender = senderOf(options)
  const late: (() => Promise<void>)[] = []
  const steps = stepsOf(options, counts).values()
  const lane = async (): Promise<void> => {
    for (const { channel, act } of steps) {
      const { id, event } = act()
      const webhook = channel.tell(id, event)
      if (!webhook) continue
      const send = () => sender.send(channel, webhook)
      if (options.random() < LATE) late.push(send)
      else await send()
      if (options.random() < DOUBLED) late.push(send)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  const tardy = shuffle(late, options.random).values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const send of tardy) await send()
    }),
  )
  return { ...counts, ...sender.counts }
}

type Counts = Pick<Loaded, 'orders' | 'changes' | 'cancellations'>

/** Each order is sold before it changes, and changes before it is cancelled; what lies between is other orders'. */
function stepsOf({ channels, orders, random }: LoadOptions, counts: Counts): Step[] {
  const timed: { at: number; step: Step }[] = []
  for (let n = 0; n < orders; n++) {
    const channel = channels[n % channels.length]!
    let id = ''
    const add = (at: number, act: Step['act']) => timed.push({ at, step: { channel, act } })
    add(n, () => {
      counts.orders += 1
      id = channel.sell()
      return { id, event: 'created' }
    })
    const updated = (count: 'changes' | 'cancellations', act: () => void) => () => {
      counts[count] += 1
      act()
      return { id, event: 'updated' as const }
    }
    const soon = () => n + 0.5 + random() * orders * 0.3
    const changes = random() < EDITED ? [soon(), soon()].slice(random() < 0.5 ? 0 : 1) : []
    for (const at of changes)
      add(
        at,
        updated('changes', () => channel.change(id)),
      )
    const last = Math.max(n, ...changes)
    if (random() < CANCELLED)
      add(
        last + random() * orders * 0.2,
        updated('cancellations', () => channel.cancel(id)),
      )
  }
  return timed.sort((a, b) => a.at - b.at).map(({ step }) => step)
}

function senderOf({ hubUrl, progress }: LoadOptions) {
  const counts = { webhooks: 0, lost: 0 }
  async function send(channel: Channel, { headers, body }: Webhook): Promise<void> {
    for (;;) {
      const { status } = await call(`${hubUrl}/webhooks/${channel.id}`, { method: 'POST', headers, body })
      if (status >= 400 && status < 500)
        throw new Error(`${channel.id}: a good webhook is refused: ${status}.`)
      const taken = status >= 200 && status < 300
      if (taken && ++counts.webhooks % 50 === 0) progress?.(`${counts.webhooks} webhooks taken`)
      if (!taken && !channel.repeats) counts.lost += 1
      if (taken || !channel.repeats) return
      await pause(REPEAT_MS)
    }
  }
  return { counts, send }
}
