import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { createDirectory } from '#core/accounts/directory.ts'
import { loadOrCreateKek } from '#core/accounts/kek.ts'
import { sealSecrets } from '#core/accounts/sealed-secrets.ts'
import { createVault } from '#core/accounts/vault.ts'
import type { ConnectionView } from '#core/contracts/connector.ts'
import type { Connections, StoredConnection } from '#core/contracts/store.ts'
import { ManualClock } from '#core/kernel/clock.ts'

const newKek = () => loadOrCreateKek('', randomBytes(32).toString('base64'), randomBytes)[0]!
const vaultOf = (kek: ReturnType<typeof newKek>) => createVault({ keks: [kek], random: randomBytes })

const kek = newKek()
const vault = vaultOf(kek)
let clock: ManualClock
let rows: Map<string, StoredConnection>
let reads: string[]

beforeEach(() => {
  clock = new ManualClock()
  rows = new Map()
  reads = []
})

/** A store of connections that notes its reads and hands out two rows a page. */
const connections: Connections = {
  async put(connection) {
    rows.set(connection.id, structuredClone(connection))
  },
  async get(id) {
    reads.push(`get ${id}`)
    return structuredClone(rows.get(id) ?? null)
  },
  async list({ after = '0' } = {}) {
    reads.push('list')
    const items = [...rows.values()].slice(Number(after), Number(after) + 2)
    const next = Number(after) + 2 < rows.size ? String(Number(after) + 2) : null
    return { items: structuredClone(items), next, total: rows.size }
  },
  async patch(id, change) {
    const row = rows.get(id)
    if (row) rows.set(id, { ...row, ...change })
    return rows.get(id) ?? null
  },
  remove: async id => rows.delete(id),
}

const directoryOf = (declared: ConnectionView[] = []) =>
  createDirectory({ store: { connections }, declared, vault, clock })

const declaredErp: ConnectionView = {
  id: 'erp',
  tenant: 'acme',
  connector: 'rest-erp',
  settings: { baseUrl: 'http://erp.example' },
  secrets: { token: ['from-config'] },
}

const stored = (id: string, change: Partial<StoredConnection> = {}): StoredConnection => ({
  ...{ id, tenant: 'acme', connector: 'shopify', settings: { shop: `${id}.myshopify.com` } },
  secrets: sealSecrets(vault, id, { token: [`${id}-new`, `${id}-old`] }),
  tables: {},
  state: 'active',
  declared: false,
  updatedAt: 0,
  ...change,
})

const put = (...connectionsToPut: StoredConnection[]) => {
  for (const row of connectionsToPut) rows.set(row.id, row)
}

describe('merging', () => {
  it('opens the secrets of a stored connection', async () => {
    put(stored('shop'))
    expect(await directoryOf().get('shop')).toMatchObject({
      state: 'active',
      secrets: { token: ['shop-new', 'shop-old'] },
      declared: false,
    })
  })

  it('takes settings and secrets of a declared one from the configuration, state and tables from the store', async () => {
    put(
      stored('erp', {
        declared: true,
        state: 'paused',
        stateReason: 'By hand.',
        tables: { m: { t: { a: 1 } } },
        secrets: {},
        settings: { old: 1 },
      }),
    )
    expect(await directoryOf([declaredErp]).get('erp')).toMatchObject({
      ...declaredErp,
      ...{ state: 'paused', stateReason: 'By hand.', tables: { m: { t: { a: 1 } } }, declared: true },
    })
  })

  it('knows a declared connection before it has a row', async () => {
    const directory = directoryOf([declaredErp])
    expect(await directory.get('erp')).toMatchObject({ state: 'active', tables: {}, declared: true })
    expect(await directory.list()).toHaveLength(1)
  })

  it('lists every connection once, over all pages of the store', async () => {
    put(stored('a'), stored('b'), stored('c'), stored('erp', { declared: true, secrets: {} }), stored('d'))
    const ids = (await directoryOf([declaredErp]).list()).map(({ id }) => id)
    expect(ids.sort()).toEqual(['a', 'b', 'c', 'd', 'erp'])
  })

  it('drops a connection whose declaration was taken away', async () => {
    put(stored('old', { declared: true, secrets: {} }))
    const directory = directoryOf()
    expect(await directory.get('old')).toBeNull()
    expect(await directory.list()).toEqual([])
  })
})

describe('a secret that cannot be opened', () => {
  it('stops its own connection with a reason, and nobody else', async () => {
    const foreign = vaultOf(newKek())
    put(stored('broken', { secrets: sealSecrets(foreign, 'broken', { token: ['x'] }) }), stored('shop'))
    const directory = directoryOf()
    const broken = await directory.get('broken')
    expect(broken).toMatchObject({ state: 'unauthorized', secrets: {} })
    expect(broken?.stateReason).toContain('“token”')
    expect((await directory.list()).map(({ id, state }) => [id, state])).toEqual([
      ['broken', 'unauthorized'],
      ['shop', 'active'],
    ])
  })

  it('leaves a paused connection paused', async () => {
    put(stored('broken', { secrets: { token: 'nonsense' }, state: 'paused', stateReason: 'By hand.' }))
    expect(await directoryOf().get('broken')).toMatchObject({ state: 'paused', stateReason: 'By hand.' })
  })
})

describe('the cache', () => {
  it('reads a connection once a second, however many ask', async () => {
    put(stored('shop'))
    const directory = directoryOf()
    await directory.get('shop')
    reads.length = 0
    await clock.advance(999)
    await Promise.all(Array.from({ length: 50 }, () => directory.get('shop')))
    expect(reads).toEqual([])
    await clock.advance(2)
    await Promise.all(Array.from({ length: 50 }, () => directory.get('shop')))
    expect(reads).toEqual(['get shop'])
  })

  it('sees what another process changed, added or removed after a second', async () => {
    put(stored('shop'))
    const directory = directoryOf()
    await directory.get('shop')
    await directory.get('later')
    put(stored('shop', { state: 'paused' }), stored('later'))
    await clock.advance(1_000)
    expect(await directory.get('shop')).toMatchObject({ state: 'paused' })
    expect(await directory.get('later')).not.toBeNull()
    rows.delete('shop')
    await clock.advance(1_000)
    expect(await directory.get('shop')).toBeNull()
  })

  it('sees a change of this process at once', async () => {
    put(stored('shop'))
    const directory = directoryOf()
    await directory.get('shop')
    await directory.list()
    put(stored('shop', { state: 'paused' }), stored('new'))
    directory.refresh('shop')
    expect(await directory.get('shop')).toMatchObject({ state: 'paused' })
    expect(await directory.get('new')).not.toBeNull()
    expect(await directory.list()).toHaveLength(2)
  })

  it('reads nothing for ids that nobody has, however many are guessed', async () => {
    put(stored('shop'))
    const directory = directoryOf()
    await directory.get('guess')
    reads.length = 0
    for (let i = 0; i < 1_000; i++) expect(await directory.get(`guess-${i}`)).toBeNull()
    expect(reads).toEqual([])
  })

  it('asks again after the store failed', async () => {
    put(stored('shop'))
    let fails = true
    const flaky: Connections = {
      ...connections,
      get: id => (fails ? Promise.reject(new Error('The store is away.')) : connections.get(id)),
    }
    const directory = createDirectory({ store: { connections: flaky }, declared: [], vault, clock })
    await expect(directory.get('shop')).rejects.toThrow('away')
    fails = false
    expect(await directory.get('shop')).not.toBeNull()
  })
})

describe('ensureDeclared', () => {
  it('makes a row without secrets', async () => {
    expect(await directoryOf([declaredErp]).ensureDeclared()).toEqual([])
    expect(rows.get('erp')).toMatchObject({
      tenant: 'acme',
      connector: 'rest-erp',
      secrets: {},
      state: 'active',
      declared: true,
    })
    expect(JSON.stringify([...rows.values()])).not.toContain('from-config')
  })

  it('follows the configuration, keeps tables and a pause, and writes nothing when nothing changed', async () => {
    put(
      stored('erp', {
        declared: true,
        secrets: {},
        state: 'paused',
        stateReason: 'By hand.',
        tables: { m: {} },
      }),
    )
    await directoryOf([declaredErp]).ensureDeclared()
    const updated = rows.get('erp')
    expect(updated).toMatchObject({
      settings: declaredErp.settings,
      state: 'paused',
      stateReason: 'By hand.',
      tables: { m: {} },
    })
    await clock.advance(5_000)
    await directoryOf([declaredErp]).ensureDeclared()
    expect(rows.get('erp')).toEqual(updated)
  })

  it('gives an unauthorized connection another chance and names it', async () => {
    put(stored('erp', { declared: true, secrets: {}, state: 'unauthorized', stateReason: '401' }))
    expect(await directoryOf([declaredErp]).ensureDeclared()).toEqual(['erp'])
    expect(rows.get('erp')).toMatchObject({ state: 'active' })
    expect(rows.get('erp')?.stateReason).toBeUndefined()
  })

  it('refuses to take over a connection that people made', async () => {
    put(stored('erp'))
    await expect(directoryOf([declaredErp]).ensureDeclared()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    })
    expect(rows.get('erp')?.secrets).not.toEqual({})
  })
})

it('shows no secret when a connection is serialised by mistake', async () => {
  put(stored('shop'))
  const connection = await directoryOf().get('shop')
  const text = JSON.stringify({ connection })
  expect(text).not.toContain('shop-new')
  expect(text).toContain('"secrets":["token"]')
  expect(Object.isFrozen(connection)).toBe(true)
})
