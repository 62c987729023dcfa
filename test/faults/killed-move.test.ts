import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openMongoStore } from '#core/store/mongo/open-mongo-store.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { atOnce, message, T0, wanted } from '../conformance/store/samples.ts'
import { dropDatabase, mongoUrl, on, withDatabase } from '../support/mongo.ts'
import { readProgress } from '../support/sqlite-progress.ts'

const MESSAGES = 6_000

let folder: string
let source: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crossdock-killed-move-'))
  source = `sqlite:${join(folder, 'hub.db')}`
  const store = openSqliteStore({ url: source, engine: true })
  await atOnce(MESSAGES, n => store.messages.insert(message(`m${n}`, { body: Buffer.alloc(1_000, `${n}`) })))
  await atOnce(100, n => store.deliveries.want(wanted(`d${n}`), T0))
  await store.close()
}, 30_000)
afterEach(() => rmSync(folder, { recursive: true }))

function migrate(to: string): ChildProcess {
  const line = ['workers/cli/hub.ts', 'migrate-store', '--from', source, '--to', to, '--json']
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...line], {
    env: { PATH: process.env['PATH'], HUB_DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Kills the move as soon as some messages are there; how many the target then says it has. */
async function killedMidway(to: string, copied: () => Promise<number>): Promise<number> {
  const child = migrate(to)
  const exited = once(child, 'exit')
  while (child.exitCode === null && (await copied()) === 0) await pause(5)
  child.kill('SIGKILL')
  await exited
  return copied()
}

async function moved(to: string) {
  const child = migrate(to)
  const [out, [code]] = await Promise.all([text(child.stdout!), once(child, 'close')])
  return { code, report: JSON.parse(out) }
}

async function expectCompleted(to: string): Promise<void> {
  const { code, report } = await moved(to)
  expect({ code, equal: report.equal, resumed: report.resumed }).toEqual({
    code: 0,
    equal: true,
    resumed: true,
  })
  const messages = report.tables.find(({ table }: { table: string }) => table === 'messages')
  expect(messages).toMatchObject({ source: { count: MESSAGES }, target: { count: MESSAGES } })
}

describe('a move that is killed', () => {
  it('goes on with a file, and nothing is there twice', async () => {
    const path = join(folder, 'new.db')
    const to = `sqlite:${path}`
    const before = await killedMidway(to, async () => readProgress(path)?.written.messages ?? 0)
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(MESSAGES)
    expect(() => openSqliteStore({ url: to, engine: true })).toThrow(
      expect.objectContaining({ code: 'STORE_HALF_MOVED' }),
    )
    await expectCompleted(to)
    const store = openSqliteStore({ url: to, engine: true })
    expect((await store.messages.list({})).total).toBe(MESSAGES)
    expect(await store.upkeep.pendingMessages()).toBe(MESSAGES)
    expect((await store.audit.list()).items).toMatchObject([{ actor: 'cli', action: 'store.move' }])
    await store.close()
  }, 60_000)

  const server = mongoUrl()
  const onServer = server ? it : it.skip
  onServer(
    'goes on with a database, and nothing is there twice',
    async () => {
      const to = withDatabase(server ?? '', `killed_move_${randomUUID()}`)
      const copied = () => on(to, db => db.collection('messages').countDocuments())
      const before = await killedMidway(to, copied)
      expect(before).toBeGreaterThan(0)
      expect(before).toBeLessThan(MESSAGES)
      await expect(openMongoStore({ url: to })).rejects.toMatchObject({ code: 'STORE_HALF_MOVED' })
      await expectCompleted(to)
      const store = await openMongoStore({ url: to })
      expect(await store.upkeep.pendingMessages()).toBe(MESSAGES)
      await store.close()
      await dropDatabase(to)
    },
    120_000,
  )
})
