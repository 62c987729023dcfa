import { setTimeout as pause } from 'node:timers/promises'
import { call } from '../../support/call.ts'
import { shuffle } from '../../support/seeded.ts'
import type { Channel, Webhook } from './channel.ts'

export interface LoadOptions {
  channels: readonly Channel[]
  orders: number
  random: () => number
  hubUrl: string
  /** What no webhook tells of happens before the hub is up, and is found by its first poll. */
  quietAhead?: boolean
  progress?(line: string): void
}

export interface Load {
  /** Before the hub is up. */
  ahead(): void
  run(): Promise<Loaded>
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
/** At the most: so that the hub is killed while it is being told, too. */
const BETWEEN_MS = 600
const EDITED = 0.35
const CANCELLED = 0.12
const DOUBLED = 0.2
const LATE = 0.1

/** Orders over all channels, some changed, some cancelled; their webhooks come twice, late, after newer ones. */
export function loadOf(options: LoadOptions): Load {
  const counts = { orders: 0, changes: 0, cancellations: 0 }
  const steps = stepsOf(options, counts)
  const isAhead = ({ channel }: Step): boolean => options.quietAhead === true && channel.isQuiet
  return {
    ahead() {
      for (const step of steps.filter(isAhead)) step.act()
    },
    async run() {
      const sent = await sendAll(
        steps.filter(step => !isAhead(step)),
        options,
      )
      return { ...counts, ...sent }
    },
  }
}

async function sendAll(
  steps: readonly Step[],
  options: LoadOptions,
): Promise<Pick<Loaded, 'webhooks' | 'lost'>> {
  const { random } = options
  const sender = senderOf(options)
  const late: (() => Promise<void>)[] = []
  await inLanes(steps, async ({ channel, act }) => {
    const { id, event } = act()
    const webhook = channel.tell(id, event)
    if (!webhook) return
    const send = () => sender.send(channel, webhook)
    if (random() < DOUBLED) late.push(send)
    if (random() < LATE) late.push(send)
    else await send()
    await pause(random() * BETWEEN_MS)
  })
  await inLanes(shuffle(late, random), send => send())
  return sender.counts
}

async function inLanes<Item>(items: readonly Item[], handle: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values()
  const lane = async (): Promise<void> => {
    for (const item of left) await handle(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
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
  async function send(channel: Channel, webhook: Webhook): Promise<void> {
    if (channel.repeats) await untilTaken(hubUrl, channel, webhook)
    else if (!(await isTaken(hubUrl, channel, webhook))) {
      counts.lost += 1
      return
    }
    if (++counts.webhooks % 50 === 0) progress?.(`${counts.webhooks} webhooks taken`)
  }
  return { counts, send }
}

/** As a partner does that repeats. */
export async function untilTaken(hubUrl: string, channel: Channel, webhook: Webhook): Promise<void> {
  while (!(await isTaken(hubUrl, channel, webhook))) await pause(REPEAT_MS)
}

async function isTaken(hubUrl: string, { id }: Channel, { headers, body }: Webhook): Promise<boolean> {
  const { status } = await call(`${hubUrl}/webhooks/${id}`, { method: 'POST', headers, body })
  if (status >= 400 && status < 500) throw new Error(`${id}: a good webhook is refused: ${status}.`)
  return status >= 200 && status < 300
}
