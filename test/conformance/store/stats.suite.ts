import { expect, it } from '@jest/globals'
import type { StatBucket } from '#core/contracts/store.ts'
import type { Subject } from '../store.suite.ts'
import { atOnce, MINUTE, T0 } from './samples.ts'

export function statsSuite(subject: Subject): void {
  const bucket = (minute: number, given: Partial<StatBucket> = {}): StatBucket => ({
    ...{ minute, series: 'connection:shop', counts: { done: 1 }, latency: [1, 0] },
    ...given,
  })
  const all = { from: T0 - 10 * MINUTE, to: T0 + 10 * MINUTE }

  it('adds to what is there, and keeps what only one side has', async () => {
    const { stats } = subject.store
    await stats.add([bucket(T0, { counts: { done: 2, 'x.y': 1 }, latency: [1] })])
    await stats.add([bucket(T0, { counts: { done: 3, failed: 1 }, latency: [1, 0, 4] })])
    expect(await stats.read(all)).toEqual([
      bucket(T0, { counts: { done: 5, 'x.y': 1, failed: 1 }, latency: [2, 0, 4] }),
    ])
  })

  it('loses none of many additions at the same moment', async () => {
    await atOnce(40, () => subject.store.stats.add([bucket(T0), bucket(T0 + MINUTE)]))
    const expected = { counts: { done: 40 }, latency: [40, 0] }
    expect(await subject.store.stats.read(all)).toEqual([bucket(T0, expected), bucket(T0 + MINUTE, expected)])
  })

  it('reads a range, its end left out, oldest first, of all series or one', async () => {
    const { stats } = subject.store
    const flow = { series: 'flow:orders' }
    await stats.add([bucket(T0 + MINUTE), bucket(T0), bucket(T0, flow), bucket(T0 + 2 * MINUTE, flow)])
    const minutes = async (range: { from: number; to: number; series?: string }) =>
      (await stats.read(range)).map(({ minute }) => (minute - T0) / MINUTE)
    expect(await minutes(all)).toEqual([0, 0, 1, 2])
    expect(await minutes({ from: T0, to: T0 + MINUTE })).toEqual([0, 0])
    expect(await minutes({ ...all, series: 'flow:orders' })).toEqual([0, 2])
  })
}
