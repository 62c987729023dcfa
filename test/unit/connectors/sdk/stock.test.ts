import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { sendBegun } from '#connectors/sdk/stock/send-begun.ts'
import { sendInHalves } from '#connectors/sdk/stock/send-in-halves.ts'
import { withoutUnseen } from '#connectors/sdk/stock/without-unseen.ts'
import { HubError } from '#core/errors/hub-error.ts'

const units = fc.integer({ min: 0, max: 50 })

describe('what a channel is to show', () => {
  it('is what is wanted where nothing was expected, or more is shown', () => {
    fc.assert(
      fc.property(units, units, units, (wanted, found, more) => {
        expect(withoutUnseen(wanted, { found })).toBe(wanted)
        expect(withoutUnseen(wanted, { expected: found, found: found + more })).toBe(wanted)
      }),
    )
  })

  it('never gives back what was sold unseen, whatever is written over it', () => {
    fc.assert(
      fc.property(units, units, units, (wanted, expected, sold) => {
        const found = Math.max(0, expected - sold)
        const shown = withoutUnseen(wanted, { expected, found })
        expect(shown).toBe(Math.max(0, wanted - (expected - found)))
        expect(shown + (expected - found)).toBeLessThanOrEqual(Math.max(wanted, expected - found))
      }),
    )
  })

  it('stays below zero where the merchant wants it there', () => {
    expect(withoutUnseen(-2, { found: 5 })).toBe(-2)
  })
})

describe('a shared call that changes something', () => {
  const item = (name: string, sending = () => undefined) => ({ name, operation: { sending } })
  const late = new HubError('LEASE_LAPSED')
  const lapsed = () => {
    throw late
  }

  it('goes out with those that may begin, and answers in the order of all', async () => {
    const items = [item('a'), item('b', lapsed), item('c')]
    const sent: string[][] = []
    const answers = await sendBegun(items, async begun => {
      sent.push(begun.map(({ name }) => name))
      return begun.map(({ name }) => `${name}!`)
    })
    expect(answers).toEqual(['a!', late, 'c!'])
    expect(sent).toEqual([['a', 'c']])
  })

  it('does not go out where nobody may begin', async () => {
    const send = () => Promise.reject(new Error('sent'))
    expect(await sendBegun([item('a', lapsed)], send)).toEqual([late])
  })
})

describe('a partner that refuses a whole call for one bad item', () => {
  const refused = new HubError('PARTNER_REFUSED', { detail: 'bad' })

  it('gets everything else, and the bad ones have the refusal for themselves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), async good => {
        const items = good.map((isGood, index) => ({ isGood, index }))
        const written: number[] = []
        const answers = await sendInHalves(items, async some => {
          if (some.some(({ isGood }) => !isGood)) throw refused
          written.push(...some.map(({ index }) => index))
          return some.map(({ index }) => index)
        })
        expect(answers).toEqual(items.map(({ isGood, index }) => (isGood ? index : refused)))
        expect(written).toEqual(items.filter(({ isGood }) => isGood).map(({ index }) => index))
      }),
    )
  })

  it('leaves the others to be written where one record was changed as often as the day allows', async () => {
    const spent = new HubError('DAILY_LIMIT_SPENT')
    const answers = await sendInHalves(['a', 'spent', 'c'], async some => {
      if (some.includes('spent')) throw spent
      return some
    })
    expect(answers).toEqual(['a', spent, 'c'])
  })

  it('is not asked twice after an error that tells nothing of what was changed', async () => {
    const failed = new HubError('PARTNER_TIMEOUT')
    let calls = 0
    const send = () => {
      calls++
      return Promise.reject(failed)
    }
    expect(await sendInHalves(['a', 'b', 'c'], send)).toEqual([failed, failed, failed])
    expect(calls).toBe(1)
  })
})
