import { afterEach, describe, expect, it } from '@jest/globals'
import { type Answer, Batches } from '#core/kernel/batches.ts'
import { type StatementsOptions, statements } from '#core/store/mongo/batch/statements.ts'
import { sharedCall } from '#core/store/mongo/shared-call.ts'

/** What no test has ended: its time limit would strike in whichever test runs half a minute later. */
const leftOver: (() => Promise<void>)[] = []

/** Statements that end when they are told to. */
function begunStatements(options: Partial<StatementsOptions<string, string>> = {}) {
  const begun: string[][] = []
  const ends: ((answers: (index: number) => Answer<string>) => void)[] = []
  const batches = statements<string, string>({
    ...options,
    run: items => {
      begun.push([...items])
      return new Promise(resolve => ends.push(resolve))
    },
  })
  const turn = () => new Promise(resolve => setImmediate(resolve))
  const answers: Promise<string>[] = []
  leftOver.push(async () => {
    for (let nth = 0; nth < ends.length; nth++) {
      ends[nth]!(() => ({ result: '' }))
      await turn()
    }
    await Promise.allSettled(answers)
  })
  return {
    begun,
    turn,
    answers,
    ask: (...items: string[]): void => void answers.push(...items.map(item => batches.ask(item))),
    async end(nth: number) {
      ends[nth]!(index => ({ result: `${begun[nth]![index]}!` }))
      await turn()
      await turn()
    },
  }
}

describe('batches', () => {
  afterEach(async () => {
    for (const end of leftOver.splice(0)) await end()
  })

  it('give up a statement that never ends, and go on with what waits', async () => {
    const { answers, ask, begun } = begunStatements({ longestMs: 1, maxItems: 1 })
    ask('a', 'b', 'c')
    const ended = await Promise.allSettled(answers)
    expect(ended.map(one => one.status === 'rejected' && one.reason.code)).toEqual(
      Array(3).fill('STORE_UNAVAILABLE'),
    )
    expect(begun).toEqual([['a'], ['b'], ['c']])
  })

  it('put what is asked at the same time into one statement and give each its own answer', async () => {
    const { answers, ask, begun, end, turn } = begunStatements()
    ask('a', 'b')
    await turn()
    expect(begun).toEqual([['a', 'b']])
    await end(0)
    expect(await Promise.all(answers)).toEqual(['a!', 'b!'])
  })

  it('run two statements at once and gather meanwhile', async () => {
    const { ask, begun, end, turn } = begunStatements()
    ask('a')
    await turn()
    ask('b')
    await turn()
    ask('c')
    await turn()
    ask('d')
    await turn()
    expect(begun).toEqual([['a'], ['b']])
    await end(0)
    expect(begun).toEqual([['a'], ['b'], ['c', 'd']])
  })

  it('never run two statements on one record at once', async () => {
    const { ask, begun, end, turn } = begunStatements({ recordOf: item => item[0]! })
    ask('a1')
    await turn()
    ask('a2', 'b1')
    await turn()
    expect(begun).toEqual([['a1'], ['b1']])
    await end(0)
    expect(begun).toEqual([['a1'], ['b1'], ['a2']])
  })

  it('keep a statement within its bounds, but one that alone is too large still goes', async () => {
    const { ask, begun, turn } = begunStatements({ maxItems: 3, maxBytes: 10, bytesOf: item => item.length })
    ask('a'.repeat(20), 'b', 'c', 'd', 'e')
    await turn()
    expect(begun.map(items => items.length)).toEqual([1, 3])
  })

  it('give what is known of none to each, and go on', async () => {
    const failing = new Batches<string, string>({
      run: async items => {
        if (items.includes('bad')) throw new Error('away')
        return index => ({ result: items[index]! })
      },
    })
    const answers = await Promise.allSettled([failing.ask('bad'), failing.ask('with it')])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await failing.ask('good')).toBe('good')
  })
})

describe('a shared call', () => {
  it('is made once for all who ask while it runs, and again for who asks later', async () => {
    let calls = 0
    const ask = sharedCall(async () => ++calls)
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1])
    expect(await ask()).toBe(2)
  })

  it('is not remembered when it failed', async () => {
    const answers = [Promise.reject(new Error('away')), Promise.resolve('here')]
    const ask = sharedCall(() => answers.shift()!)
    await expect(ask()).rejects.toThrow('away')
    expect(await ask()).toBe('here')
  })
})
