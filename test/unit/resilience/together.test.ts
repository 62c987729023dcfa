import { beforeEach, describe, expect, it } from '@jest/globals'
import type { SharedCall } from '#core/contracts/connector.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'
import type { Locks } from '#core/resilience/shared-state.ts'
import { createTogether } from '#core/resilience/together.ts'

type Call = SharedCall<string, string>

let clock: ManualClock
let locks: Locks
/** The calls so far, each with its items. */
let sent: string[][]
/** How many are under way now, and how many ever were at once. */
let running: number
let most: number

beforeEach(() => {
  clock = new ManualClock()
  locks = createEmbeddedState(clock).locks
  sent = []
  running = 0
  most = 0
})

/** What one process of the hub has: its own gathering, the same locks. */
const processOf = () => createTogether({ locks, clock, random: () => 0, longestMs: 60_000 })

const wait = (ms: number) => new Promise<void>(resolve => void clock.timer(ms, resolve))

/** A partner that takes 100 ms and answers `a!` to `a`. */
const callOf = (given: Partial<Call> = {}): Call => ({
  name: 'stock',
  async send(items) {
    sent.push([...items])
    most = Math.max(most, ++running)
    await wait(100)
    running -= 1
    return items.map(item => `${item}!`)
  },
  ...given,
})

/** So many calls one after the other have time to end. */
async function calls(count: number): Promise<void> {
  for (let nth = 0; nth < count; nth++) await clock.advance(100)
}

const outcomes = async (asked: readonly Promise<string>[]) =>
  (await Promise.allSettled(asked)).map(one => (one.status === 'fulfilled' ? one.value : one.reason))

describe('what is asked together', () => {
  it('goes out as one call, and each gets its own answer', async () => {
    const together = processOf()('shop')
    const asked = ['a', 'b', 'c'].map(item => together(item, callOf()))
    await clock.advance(100)
    expect(await Promise.all(asked)).toEqual(['a!', 'b!', 'c!'])
    expect(sent).toEqual([['a', 'b', 'c']])
  })

  it('while a call is under way, gathers and goes out with the next', async () => {
    const together = processOf()('shop')
    const first = together('a', callOf())
    await clock.advance(50)
    const later = ['b', 'c'].map(item => together(item, callOf()))
    await clock.advance(49)
    expect(sent).toEqual([['a']])
    await calls(2)
    expect([await first, ...(await Promise.all(later))]).toEqual(['a!', 'b!', 'c!'])
    expect(sent).toEqual([['a'], ['b', 'c']])
  })

  it('is never more than the partner takes in one call', async () => {
    const together = processOf()('shop')
    const asked = ['a', 'b', 'c', 'd', 'e'].map(item => together(item, callOf({ max: 2 })))
    await calls(3)
    expect(await Promise.all(asked)).toHaveLength(5)
    expect(sent).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })

  it('stays apart by connection and by name', async () => {
    const process = processOf()
    const asked = [
      process('shop')('a', callOf()),
      process('shop')('b', callOf({ name: 'prices' })),
      process('market')('c', callOf()),
    ]
    await clock.advance(100)
    await Promise.all(asked)
    expect(sent.toSorted()).toEqual([['a'], ['b'], ['c']])
    expect(most).toBe(3)
  })

  it('keeps the error of one item from the others', async () => {
    const together = processOf()('shop')
    const call = callOf({
      send: async items => items.map(item => (item === 'b' ? new Error('no b') : `${item}!`)),
    })
    expect(await outcomes(['a', 'b', 'c'].map(item => together(item, call)))).toEqual([
      ...['a!', new Error('no b'), 'c!'],
    ])
  })

  it('fails whole where the call throws, and the next call goes out', async () => {
    const together = processOf()('shop')
    const failing = callOf({ send: async () => Promise.reject(new Error('the partner is away')) })
    const asked = ['a', 'b'].map(item => together(item, failing))
    expect(await outcomes(asked)).toEqual([
      new Error('the partner is away'),
      new Error('the partner is away'),
    ])
    const next = together('c', callOf())
    await clock.advance(100)
    expect(await next).toBe('c!')
  })

  it('is an error for an item that the call left unanswered', async () => {
    const together = processOf()('shop')
    const call = callOf({ send: async items => items.slice(0, 1).map(item => `${item}!`) })
    expect(await outcomes(['a', 'b'].map(item => together(item, call)))).toMatchObject([
      'a!',
      { code: 'PARTNER_ANSWER_INVALID' },
    ])
  })
})

describe('a call that the partner takes only alone', () => {
  it('never overlaps with one of another process', async () => {
    const [one, other] = [processOf()('shop'), processOf()('shop')]
    const call = callOf({ alone: 'stock' })
    const asked = [one('a', call), other('b', call), one('c', call), other('d', call)]
    await calls(4)
    expect((await Promise.all(asked)).toSorted()).toEqual(['a!', 'b!', 'c!', 'd!'])
    expect([sent.length, most]).toEqual([2, 1])
  })

  it('lets the next one go after it failed', async () => {
    const [one, other] = [processOf()('shop'), processOf()('shop')]
    const failing = callOf({ alone: 'stock', send: async () => Promise.reject(new Error('refused')) })
    await expect(one('a', failing)).rejects.toThrow('refused')
    const next = other('b', callOf({ alone: 'stock' }))
    await clock.advance(100)
    expect(await next).toBe('b!')
  })

  it('overlaps with one of another process where the partner does not mind', async () => {
    const asked = [processOf()('shop')('a', callOf()), processOf()('shop')('b', callOf())]
    await clock.advance(100)
    await Promise.all(asked)
    expect(most).toBe(2)
  })
})

describe('where nothing runs side by side', () => {
  it('an item goes out by itself, with its answer or its error', async () => {
    expect(await sentApart('a', callOf({ send: async () => ['a!'] }))).toBe('a!')
    const refused = sentApart('a', callOf({ send: async () => [new Error('refused')] }))
    await expect(refused).rejects.toThrow('refused')
  })
})
