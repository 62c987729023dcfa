import { expect, it } from '@jest/globals'
import type { AuditEntry } from '#core/contracts/store.ts'
import { brokenEntry } from '#core/store/audit-chain.ts'
import type { Subject } from '../store.suite.ts'
import { atOnce, everyPage, T0 } from './samples.ts'

export function auditSuite(subject: Subject): void {
  const entry = (index: number): AuditEntry => ({
    at: T0 + index,
    actor: 'key-1',
    action: 'dead-letter.replay',
    subject: `letter-${index}`,
    detail: { reason: 'Größe 😀', nested: { b: 2, a: [1, null] }, left: undefined },
  })
  const chain = async () => {
    const pages = await everyPage(page => subject.store.audit.list(page), 7)
    return pages.flat().reverse()
  }

  it('gives every entry the next number and the hash of the one before', async () => {
    const { audit } = subject.store
    const first = await audit.append(entry(1))
    const second = await audit.append(entry(2))
    expect([first.seq, second.seq]).toEqual([1, 2])
    expect(second.previous).toBe(first.hash)
    expect(first).toMatchObject({ actor: 'key-1', subject: 'letter-1' })
  })

  it('keeps one unbroken chain when many append at the same moment', async () => {
    await atOnce(30, index => subject.store.audit.append(entry(index)))
    const entries = await chain()
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
    expect(brokenEntry(entries)).toBeNull()
  })

  it('shows a changed and a removed entry', async () => {
    await atOnce(5, index => subject.store.audit.append(entry(index)))
    const entries = await chain()
    const changed = entries.map(each => (each.seq === 3 ? { ...each, actor: 'nobody' } : each))
    expect(brokenEntry(changed)!.seq).toBe(3)
    expect(brokenEntry(entries.filter(({ seq }) => seq !== 3))!.seq).toBe(4)
  })

  it('lists newest first', async () => {
    await atOnce(3, index => subject.store.audit.append(entry(index)))
    const { items, total } = await subject.store.audit.list()
    expect(items.map(({ seq }) => seq)).toEqual([3, 2, 1])
    expect(total).toBe(3)
  })
}
