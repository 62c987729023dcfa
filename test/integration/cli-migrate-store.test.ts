import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { TABLES } from '#core/store/move/sides.ts'
import { openSqliteTarget } from '#core/store/sqlite/move/open-sqlite-move.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { type CliWorld, cliWorld, landOrder } from './cli-harness.ts'

let cli: CliWorld
let to: string

beforeEach(async () => {
  cli = cliWorld()
  to = `sqlite:${join(cli.dataDir, 'new.db')}`
  const store = openSqliteStore({ url: join(cli.dataDir, 'hub.db'), engine: true })
  await landOrder(store, { id: '1', number: '#1001' })
  await store.close()
})
afterEach(() => cli.close())

describe('hub migrate-store', () => {
  it('moves the store of the data folder, shows counts and digests, and says what to do now', async () => {
    const { code, out, err } = await cli.hub(`migrate-store --from sqlite: --to ${to}`)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^TABLE +SOURCE +TARGET +SHA-256 SOURCE +SHA-256 TARGET$/m)
    expect(out).toMatch(/^messages +1 +1 +([0-9a-f]{16}) +\1 +equal$/m)
    expect(out).toContain(`Set HUB_STORE_URL to the address of ${to}`)
  })

  it('records the act in the new store, not in the old one', async () => {
    const from = `sqlite:${join(cli.dataDir, 'hub.db')}`
    await cli.hub(`migrate-store --from ${from} --to ${to}`)
    const entriesOf = async (url: string) => {
      const store = openSqliteStore({ url, engine: false })
      const { items } = await store.audit.list()
      await store.close()
      return items
    }
    expect(await entriesOf(from)).toEqual([])
    expect(await entriesOf(to)).toMatchObject([
      { actor: 'cli', action: 'store.move', subject: to, detail: { from, records: 4 } },
    ])
  })

  it('tells every table as JSON', async () => {
    const { json } = await cli.hub(`migrate-store --from sqlite: --to ${to} --json`)
    expect(json).toMatchObject({ to, resumed: false, equal: true })
    expect(json.tables.map(({ table }: { table: string }) => table)).toEqual([...TABLES])
    expect(json.tables.find(({ table }: { table: string }) => table === 'links')).toMatchObject({
      equal: true,
      source: { count: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
  })

  it('fails, and shows where, when something is missing', async () => {
    const target = openSqliteTarget(to)
    await target.begin({ source: `sqlite:${join(cli.dataDir, 'hub.db')}`, written: { links: 1 } })
    await target.close()
    const { code, out } = await cli.hub(`migrate-store --from sqlite: --to ${to}`)
    expect(code).toBe(1)
    expect(out).toMatch(/^links +1 +0 .* DIFFERENT$/m)
    expect(out).not.toContain('Set HUB_STORE_URL')
  })

  it.each([
    ['while a hub works on the store', 'sqlite:', 'STORE_LOCKED'],
    ['where there is no store', 'sqlite:/nowhere/hub.db', 'NOT_FOUND'],
    ['where no driver is', 'postgres://hub:hush@one', 'INPUT_INVALID'],
    ['what is in memory only', 'sqlite::memory:', 'INPUT_INVALID'],
  ])('refuses %s', async (_why, from, refusal) => {
    if (refusal === 'STORE_LOCKED') cli.store()
    const { code, out, err } = await cli.hub(`migrate-store --from ${from} --to ${to}`)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(new RegExp(`^${refusal}: .*\\n  fix: `))
    expect(err).not.toContain('hush')
  })

  it('refuses to move a store onto itself', async () => {
    const { code, err } = await cli.hub('migrate-store --from sqlite: --to sqlite:')
    expect(code).toBe(1)
    expect(err).toMatch(/^STORE_LOCKED: /)
  })
})
