import { expect, it } from '@jest/globals'
import type { Subject } from '../shared-state.suite.ts'

export function circuitsSuite(subject: Subject): void {
  const rests = async () => Object.fromEntries(await subject.other.circuits.list())
  const trial = (ttlMs = 500) => subject.other.circuits.trial('erp', ttlMs)

  it('shows every process who rests and for how long', async () => {
    await subject.state.circuits.open('erp', 2_000)
    await subject.state.circuits.open('shop', 500)
    subject.advance(1_500)
    expect(await rests()).toEqual({ erp: 500, shop: 0 })
  })

  it('keeps a longer rest that stands', async () => {
    await subject.state.circuits.open('erp', 2_000)
    await subject.other.circuits.open('erp', 1_000)
    expect(await rests()).toEqual({ erp: 2_000 })
  })

  it('gives the trial to one caller, and only after the rest', async () => {
    await subject.state.circuits.open('erp', 2_000)
    expect(await trial()).toBe(false)
    subject.advance(2_000)
    const tried = await Promise.all(Array.from({ length: 10 }, () => trial()))
    expect(tried.filter(Boolean)).toHaveLength(1)
    expect(await rests()).toEqual({ erp: 500 })
  })

  it('gives the trial to another when the first one did not come back', async () => {
    await subject.state.circuits.open('erp', 2_000)
    subject.advance(2_000)
    await trial()
    subject.advance(500)
    expect(await trial()).toBe(true)
  })

  it('rests again after a failed trial, for as long as that one says', async () => {
    await subject.state.circuits.open('erp', 2_000)
    subject.advance(2_000)
    await trial(60_000)
    await subject.other.circuits.open('erp', 4_000)
    expect(await rests()).toEqual({ erp: 4_000 })
    expect(await trial()).toBe(false)
  })

  it('is open to all once closed', async () => {
    await subject.state.circuits.open('erp', 2_000)
    await subject.state.circuits.close('erp')
    expect(await rests()).toEqual({})
    expect(await Promise.all([trial(), trial()])).toEqual([true, true])
  })
}
