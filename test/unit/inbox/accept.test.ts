import { describe, expect, it } from '@jest/globals'
import type { RawMessage } from '#core/contracts/connector.ts'
import type { EnqueueOptions } from '#core/contracts/queue.ts'
import type { NewMessage, Resource } from '#core/contracts/store.ts'
import { createAccept } from '#core/inbox/accept.ts'
import { messagePriority } from '#core/inbox/priority.ts'
import { messageId } from '#core/kernel/ids.ts'
import { isBulk } from '#core/kernel/lane.ts'
import { noProbe, type Probe } from '#core/kernel/probe.ts'

const ACME = { id: 'acme-shopify', tenant: 'acme', connector: 'shop' }

const raw = (dedupeKey: string, more: Partial<RawMessage> = {}): RawMessage => ({
  topic: 'orders/create',
  dedupeKey,
  headers: { 'x-shopify-topic': 'orders/create', authorization: 'Bearer hush' },
  body: Buffer.from('{}'),
  ...more,
})

/** The part of the store and queue that accept sees, with everything that happens in order. */
function harness({
  probe = noProbe,
  failOn = '',
  queueFails = false,
  resource = 'inventory',
}: {
  probe?: Probe
  failOn?: string
  queueFails?: boolean
  resource?: Resource
} = {}) {
  const events: string[] = []
  const isBulkStored: boolean[] = []
  const kept = new Map<string, NewMessage>()
  const jobs: { id: string; options?: EnqueueOptions }[] = []
  const accept = createAccept({
    store: {
      messages: {
        async insert(message) {
          events.push(`insert ${message.dedupeKey}`)
          isBulkStored.push(isBulk())
          if (message.dedupeKey === failOn) throw new Error('disk full')
          if (kept.has(message.id)) return 'duplicate'
          kept.set(message.id, message)
          return 'stored'
        },
      },
    },
    queue: {
      async enqueue(topic, id, options) {
        events.push(`enqueue ${topic} ${kept.get(id)?.dedupeKey}`)
        if (queueFails) throw new Error('redis down')
        jobs.push({ id, options })
      },
    },
    telemetry: {
      attempt: () => undefined,
      observe: () => undefined,
      count: (name, labels, by) => events.push(`count ${name} ${labels?.['result']} ${by}`),
      log: (level, message) => events.push(`${level}: ${message}`),
    },
    probe,
    priorityOf: ({ via }) => messagePriority(resource, via),
  })
  return { accept, events, kept, jobs, isBulkStored }
}

describe('accept', () => {
  it('stores, then passes the probe, then wakes the translator', async () => {
    const order: string[] = []
    const { accept, events, jobs } = harness({
      probe: point => void order.push(`${point} after ${events.length} events`),
    })
    const id = messageId(ACME.id, 'e1')
    expect(await accept(ACME, 'webhook', [raw('e1')], 5)).toEqual({ stored: 1, duplicates: 0, ids: [id] })
    expect(order).toEqual(['accept:stored after 1 events'])
    expect(events).toEqual(['insert e1', 'enqueue translate e1', 'count received_total stored 1'])
    expect(jobs).toEqual([{ id, options: { priority: 20 } }])
  })

  it('keeps bytes and time of arrival, and drops credentials', async () => {
    const { accept, kept } = harness()
    const { ids } = await accept(ACME, 'poll', [raw('e1', { eventAt: 3, body: Buffer.from([0xff, 0]) })], 5)
    expect(kept.get(ids[0]!)).toEqual({
      id: ids[0],
      tenant: 'acme',
      connection: 'acme-shopify',
      topic: 'orders/create',
      via: 'poll',
      priority: 20,
      dedupeKey: 'e1',
      receivedAt: 5,
      eventAt: 3,
      headers: { 'x-shopify-topic': 'orders/create' },
      body: Buffer.from([0xff, 0]),
    })
  })

  it('stores what comes in bulk in the lane that lets orders pass', async () => {
    const stock = harness()
    const orders = harness({ resource: 'order' })
    for (const { accept } of [stock, orders]) await accept(ACME, 'poll', [raw('e1')], 5)
    expect([stock.isBulkStored, orders.isBulkStored]).toEqual([[true], [false]])
  })

  it('counts a duplicate and does not wake anybody for it', async () => {
    const { accept, events, jobs } = harness()
    await accept(ACME, 'webhook', [raw('e1')], 5)
    expect(await accept(ACME, 'webhook', [raw('e1')], 9)).toMatchObject({ stored: 0, duplicates: 1 })
    expect(jobs).toHaveLength(1)
    expect(events.at(-1)).toBe('count received_total duplicate 1')
  })

  it('gives one dedupe key at two connections two messages', async () => {
    const { accept, kept } = harness()
    await accept(ACME, 'webhook', [raw('e1')], 5)
    await accept({ id: 'other', tenant: 'acme', connector: 'shop' }, 'webhook', [raw('e1')], 5)
    expect(kept.size).toBe(2)
  })

  it('inserts the messages of one request together', async () => {
    const { accept, events } = harness()
    await accept(ACME, 'webhook', [raw('e1'), raw('e2')], 5)
    expect(events.slice(0, 2)).toEqual(['insert e1', 'insert e2'])
  })

  it('fails when one message is not durable; the others stay stored and are worked on', async () => {
    const { accept, jobs, kept } = harness({ failOn: 'e2' })
    await expect(accept(ACME, 'webhook', [raw('e1'), raw('e2'), raw('e3')], 5)).rejects.toThrow('disk full')
    expect(kept.size).toBe(2)
    expect(jobs).toHaveLength(2)
  })

  it('does not fail when the queue does: the message is safe and the sweeper finds it', async () => {
    const { accept, events, kept } = harness({ queueFails: true })
    expect(await accept(ACME, 'webhook', [raw('e1')], 5)).toMatchObject({ stored: 1 })
    expect(kept.size).toBe(1)
    expect(events.some(event => event.startsWith('warn: the queue did not take'))).toBe(true)
  })

  it('does not resolve before the probe lets it: a crash there leaves a stored message without a 2xx', async () => {
    const { accept, kept, jobs } = harness({ probe: () => Promise.reject(new Error('killed')) })
    await expect(accept(ACME, 'webhook', [raw('e1')], 5)).rejects.toThrow('killed')
    expect(kept.size).toBe(1)
    expect(jobs).toHaveLength(0)
  })
})

describe('the priority of a message', () => {
  it('puts orders before stock, stock before catalogue, catalogue before backfill', () => {
    const priorities = (['order', 'inventory', 'product'] as const).map(resource =>
      messagePriority(resource, 'webhook'),
    )
    expect([...priorities, messagePriority('order', 'backfill')]).toEqual([10, 20, 30, 40])
  })

  it('treats an unknown topic as an order, because it may be one', () => {
    expect(messagePriority(undefined, 'webhook')).toBe(10)
  })
})
