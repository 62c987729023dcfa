import { describe, expect, it } from '@jest/globals'
import { type KeepSubscriptions, keepSubscriptions } from '#connectors/sdk/index.ts'

interface Subscription {
  topic: string
  ours: boolean
  enabled: boolean
}

const subscription = (topic: string, enabled = true, ours = true): Subscription => ({ topic, enabled, ours })

/** A partner that holds `held`, and the calls that were made. */
function partner(held: Subscription[], more: Partial<KeepSubscriptions<Subscription>> = {}) {
  const calls: string[] = []
  const keep: KeepSubscriptions<Subscription> = {
    topics: ['order', 'stock'],
    list: async () => [...held],
    topicOf: one => one.topic,
    isOurs: one => one.ours,
    isWhole: one => one.enabled,
    create: async topic => calls.push(`create ${topic}`) && held.push(subscription(topic)),
    repair: async (one, topic) => {
      calls.push(`repair ${topic}`)
      one.enabled = true
    },
    remove: async one => calls.push(`remove ${one.topic}`),
    ...more,
  }
  return { calls, run: () => keepSubscriptions(keep) }
}

describe('keepSubscriptions', () => {
  it('makes what is missing, repairs what is broken, leaves what is whole', async () => {
    const { calls, run } = partner([subscription('stock', false)])
    expect(await run()).toEqual({ present: [], created: ['order'], repaired: ['stock'] })
    expect(calls).toEqual(['create order', 'repair stock'])
    expect(await run()).toEqual({ present: ['order', 'stock'], created: [], repaired: [] })
    expect(calls).toHaveLength(2)
  })

  it('leaves those of others alone', async () => {
    const { calls, run } = partner([subscription('order', true, false), subscription('stock')])
    expect((await run()).created).toEqual(['order'])
    expect(calls).toEqual(['create order'])
  })

  it('keeps the whole one of two, and takes away what is doubled or no longer wanted', async () => {
    const { calls, run } = partner([
      subscription('order', false),
      subscription('order'),
      subscription('stock'),
      subscription('gone'),
    ])
    expect(await run()).toEqual({ present: ['order', 'stock'], created: [], repaired: [] })
    expect(calls).toEqual(['remove order', 'remove gone'])
  })

  it('does without a way to remove', async () => {
    const { run } = partner([subscription('gone')], { remove: undefined })
    expect((await run()).created).toEqual(['order', 'stock'])
  })
})
