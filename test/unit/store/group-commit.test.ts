import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BULK_PRIORITY, inLaneOf } from '#core/kernel/lane.ts'
import { type Database, openDatabase } from '#core/store/sqlite/database.ts'
import { GroupCommit } from '#core/store/sqlite/group-commit.ts'

describe('group commit', () => {
  let database: Database
  let commits: GroupCommit
  let events: string[]

  beforeEach(() => {
    database = openDatabase(':memory:')
    database.exec('CREATE TABLE t (x INTEGER PRIMARY KEY)')
    events = []
    commits = new GroupCommit(database, {
      beforeCommit: () => events.push('before commit'),
      afterRollback: () => events.push('after rollback'),
    })
  })
  afterEach(() => database.close())

  const insert = (x: number) => database.prepare('INSERT INTO t VALUES (?)').run(x)
  const rows = () =>
    database
      .prepare('SELECT x FROM t ORDER BY x')
      .all()
      .map(row => row.x)

  it('puts the writes of one moment into one transaction', async () => {
    await Promise.all([1, 2, 3].map(x => commits.write(() => insert(x))))
    expect(commits.commits).toBe(1)
    expect(events).toEqual(['before commit'])
    expect(rows()).toEqual([1, 2, 3])
  })

  it('resolves with the value of the operation, after its transaction', async () => {
    const inside = await commits.write(() => database.isTransaction)
    expect([inside, database.isTransaction]).toEqual([true, false])
  })

  it('bounds how many writes share one transaction', async () => {
    await Promise.all(Array.from({ length: 600 }, (_, x) => commits.write(() => insert(x))))
    expect(commits.commits).toBe(3)
    expect(rows()).toHaveLength(600)
  })

  it('lets the writes of orders pass those of bulk', async () => {
    const order: string[] = []
    const written = (what: string) => commits.write(() => order.push(what))
    const bulk = inLaneOf(BULK_PRIORITY, () => Array.from({ length: 40 }, () => written('bulk')))
    await Promise.all([...bulk, written('order')])
    expect(order[0]).toBe('order')
    expect(order).toHaveLength(41)
    expect(commits.commits).toBeGreaterThan(1)
  })

  it('writes as much of bulk at once as its time allows, in order, and never nothing', async () => {
    let time = 0
    const slow = new GroupCommit(database, {
      beforeCommit: () => undefined,
      afterRollback: () => undefined,
      now: () => time,
    })
    const write = (x: number, ms: number) =>
      slow.write(() => {
        time += ms
        insert(x)
        return slow.commits
      })
    const express = [1, 2].map(x => write(x, 100))
    const bulk = inLaneOf(BULK_PRIORITY, () => [0.5, 0.5, 0.5, 0.5, 5, 5].map((ms, x) => write(10 + x, ms)))
    expect(await Promise.all(express)).toEqual([0, 0])
    expect(await Promise.all(bulk)).toEqual([1, 1, 1, 2, 2, 3])
    expect(rows()).toEqual([1, 2, 10, 11, 12, 13, 14, 15])
  })

  it('writes both lanes before closing', async () => {
    const bulk = inLaneOf(BULK_PRIORITY, () =>
      Array.from({ length: 300 }, (_, x) => commits.write(() => insert(x))),
    )
    const express = Array.from({ length: 600 }, (_, x) => commits.write(() => insert(1_000 + x)))
    await commits.close()
    expect(rows()).toHaveLength(900)
    await Promise.all([...bulk, ...express])
  })

  it('takes back only the operation that throws, whole', async () => {
    const halfDone = () => {
      insert(10)
      throw new Error('broken')
    }
    const results = await Promise.allSettled([
      commits.write(() => insert(1)),
      commits.write(halfDone),
      commits.write(() => insert(1)),
      commits.write(() => insert(2)),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(rows()).toEqual([1, 2])
    expect(events[0]).toBe('after rollback')
  })

  it('rejects a lone operation that throws and goes on', async () => {
    await expect(
      commits.write(() => {
        throw new Error('broken')
      }),
    ).rejects.toThrow('broken')
    await commits.write(() => insert(5))
    expect(rows()).toContain(5)
  })

  it('writes what was asked for before closing, and refuses what comes after', async () => {
    const before = commits.write(() => insert(1))
    const closing = commits.close()
    await expect(commits.write(() => insert(2))).rejects.toMatchObject({ code: 'SHUTDOWN' })
    await Promise.all([before, closing, commits.close()])
    expect(rows()).toEqual([1])
  })
})
