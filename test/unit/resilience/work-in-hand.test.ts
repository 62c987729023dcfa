import { beforeEach, describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { type IdleWatch, workInHand } from '#core/resilience/work-in-hand.ts'

let clock: ManualClock
/** What the store was told, and what the partner was sent, in this order. */
let log: unknown[]
let recount: (claims: number) => Promise<boolean>
let watch: IdleWatch

beforeEach(() => {
  clock = new ManualClock()
  log = []
  recount = async claims => {
    log.push(claims)
    return true
  }
  watch = workInHand({ claims: 3, recount: claims => recount(claims), clock }).watch!
})

/** A call that waits until it is let go, and is answered when it is told to. */
function call(name: string) {
  const [go, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const ended = watch.calls(async () => {
    await go.promise
    return watch.sends(async () => {
      log.push(name)
      await answer.promise
    })
  })
  ended.catch(() => undefined)
  return { go: () => go.resolve(), refuse: go.reject, answer: () => answer.resolve(), ended }
}

describe('work that waits for its turn at a partner', () => {
  it('counts one less after a moment, and as before when its call is sent', async () => {
    const one = call('sent')
    await clock.advance(249)
    expect(log).toEqual([])
    await clock.advance(1)
    expect(log).toEqual([2])
    await clock.advance(18_000)
    one.go()
    await clock.advance(0)
    expect(log).toEqual([2, 3, 'sent'])
  })

  it('costs no write if it does not wait long', async () => {
    const one = call('sent')
    await clock.advance(249)
    one.go()
    one.answer()
    await one.ended
    await clock.advance(5_000)
    expect(log).toEqual(['sent'])
  })

  it('has its full count in the store before the first byte leaves', async () => {
    const stored = Promise.withResolvers<boolean>()
    const one = call('sent')
    await clock.advance(250)
    recount = () => stored.promise
    one.go()
    await clock.advance(0)
    expect(log).toEqual([2])
    stored.resolve(true)
    await clock.advance(0)
    expect(log).toEqual([2, 'sent'])
  })

  it('never overtakes its own counting', async () => {
    const slow = Promise.withResolvers<void>()
    recount = async claims => {
      if (claims === 2) await slow.promise
      log.push(claims)
      return true
    }
    const one = call('sent')
    await clock.advance(250)
    one.go()
    await clock.advance(0)
    slow.resolve()
    await clock.advance(0)
    expect(log).toEqual([2, 3, 'sent'])
  })

  it('is to blame again when it learns that its turn never comes', async () => {
    const one = call('sent')
    await clock.advance(250)
    one.refuse(new HubError('BUDGET_SPENT'))
    await expect(one.ended).rejects.toMatchObject({ code: 'BUDGET_SPENT' })
    await clock.advance(5_000)
    expect(log).toEqual([2, 3])
  })

  it('rests in the pause before a call is repeated', async () => {
    const ended = watch.calls(async () => {
      for (const name of ['first', 'again']) {
        await watch.sends(async () => log.push(name))
        await new Promise<void>(resolve => clock.timer(2_000, resolve))
      }
    })
    await clock.advance(2_100)
    expect(log).toEqual(['first', 2, 3, 'again'])
    await clock.advance(2_000)
    await ended
  })

  it('rests at every wait anew', async () => {
    for (const name of ['first', 'second']) {
      const one = call(name)
      await clock.advance(250)
      one.go()
      one.answer()
      await one.ended
    }
    expect(log).toEqual([2, 3, 'first', 2, 3, 'second'])
  })
})

describe('work that makes several calls at once', () => {
  it('rests while all of them wait, until the first is sent', async () => {
    const [one, other] = [call('one'), call('other')]
    await clock.advance(250)
    one.go()
    await clock.advance(10_000)
    expect(log).toEqual([2, 3, 'one'])
    other.go()
    await clock.advance(0)
    expect(log).toEqual([2, 3, 'one', 'other'])
  })

  it('sends none of two that may go in the same moment before the count is stored', async () => {
    const stored = Promise.withResolvers<boolean>()
    const [one, other] = [call('one'), call('other')]
    await clock.advance(250)
    recount = () => stored.promise
    one.go()
    other.go()
    await clock.advance(0)
    expect(log).toEqual([2])
    stored.resolve(true)
    await clock.advance(0)
    expect(log).toEqual([2, 'one', 'other'])
  })

  it('runs while one of them is answered, however long the others wait', async () => {
    const one = call('one')
    one.go()
    await clock.advance(0)
    call('other')
    await clock.advance(15_000)
    expect(log).toEqual(['one'])
  })

  it('rests again a moment after the answer, in which it may have worked on it', async () => {
    const [one] = [call('one'), call('other')]
    one.go()
    await clock.advance(5_000)
    one.answer()
    await clock.advance(249)
    expect(log).toEqual(['one'])
    await clock.advance(1)
    expect(log).toEqual(['one', 2])
  })
})

describe('work whose claim is no longer its own', () => {
  it('sends nothing any more: whoever holds it now counts for it', async () => {
    const one = call('sent')
    await clock.advance(250)
    recount = async () => false
    one.go()
    await expect(one.ended).rejects.toMatchObject({ code: 'LEASE_LAPSED' })
    expect(log).toEqual([2])
  })

  it('sends nothing either while the store cannot count', async () => {
    const one = call('sent')
    await clock.advance(250)
    recount = async () => {
      throw new HubError('STORE_UNAVAILABLE')
    }
    one.go()
    await expect(one.ended).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(log).toEqual([2])
  })

  it('goes on if only the counting down failed', async () => {
    const down = recount
    recount = async () => {
      throw new HubError('STORE_UNAVAILABLE')
    }
    const one = call('sent')
    await clock.advance(250)
    recount = down
    one.go()
    one.answer()
    await one.ended
    expect(log).toEqual([3, 'sent'])
  })
})

it('watches nothing at a first claim, which counts one in any case', () => {
  expect(workInHand({ priority: 20, claims: 1, recount, clock })).toEqual({ priority: 20 })
})
