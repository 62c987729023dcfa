import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { deadLetterWorld, OPERATOR, wanted } from './dead-letter-world.ts'

let world: ReturnType<typeof deadLetterWorld>
beforeEach(() => {
  world = deadLetterWorld()
})
afterEach(() => world.store.close())

const audited = async () =>
  (await world.store.audit.list()).items.map(({ action, actor }) => `${actor} ${action}`)

describe('replaying a dead letter', () => {
  it('makes its message due with a fresh budget, closes the letter and wakes a worker', async () => {
    const { id } = await world.deadMessage()
    expect(await world.operations.replay(id, OPERATOR)).toBe('replayed')
    expect(await world.store.messages.get('m1')).toMatchObject({
      state: 'pending',
      spent: 0,
      nextAt: world.clock.now(),
    })
    expect(await world.store.deadLetters.get(id)).toMatchObject({
      state: 'replayed',
      closedBy: 'key_operator',
    })
    expect(world.queued).toEqual(['translate m1 {"delay":0}'])
    expect(await audited()).toEqual(['key_operator dead-letter.replay'])
  })

  it('reopens the letter and counts again when it fails again', async () => {
    const { id } = await world.deadMessage()
    await world.operations.replay(id, OPERATOR)
    await world.clock.advance(1)
    await world.dieAgain('m1')
    expect(await world.store.deadLetters.get(id)).toMatchObject({ state: 'open', times: 2 })
    expect(await world.operations.replay(id, OPERATOR)).toBe('replayed')
  })

  it('is safe to repeat', async () => {
    const { id } = await world.deadMessage()
    await world.operations.replay(id, OPERATOR)
    expect(await world.operations.replay(id, OPERATOR)).toBe('already')
    expect((await world.store.messages.list({ state: 'pending' })).total).toBe(1)
  })

  it('leaves alone what a worker holds', async () => {
    const { id } = await world.deadMessage()
    await world.operations.replay(id, OPERATOR)
    const taken = world.claim()
    await world.store.messages.claim('m1', taken)
    expect(await world.operations.replay(id, OPERATOR)).toBe('already')
    expect(
      await world.store.messages.settle('m1', taken.token, {
        state: 'done',
        attempt: { at: 0, outcome: 'done' },
      }),
    ).toBe(true)
  })

  it('resolves the letter instead when its subject has succeeded meanwhile', async () => {
    const { id } = await world.deadMessage()
    await world.store.messages.reopen('m1', world.clock.now())
    const taken = world.claim()
    await world.store.messages.claim('m1', taken)
    await world.store.messages.settle('m1', taken.token, {
      state: 'done',
      attempt: { at: 0, outcome: 'done' },
    })
    expect(await world.operations.replay(id, OPERATOR)).toBe('resolved')
    expect(await world.store.messages.get('m1')).toMatchObject({ state: 'done' })
  })

  it('delivers a dead delivery again with its own priority', async () => {
    const { id } = await world.deadDelivery()
    await world.operations.replay(id, OPERATOR)
    expect(world.queued).toEqual(['deliver order:acme:shop:1>erp {"delay":0,"priority":10}'])
  })

  it('is not there for another tenant', async () => {
    const { id } = await world.deadMessage()
    const stranger = { ...OPERATOR, tenant: 'globex' }
    await expect(world.operations.replay(id, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(world.operations.replaySubject('message', 'm1', stranger)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await world.operations.replayWhere({}, stranger)).toMatchObject({ matched: 0, replayed: 0 })
    expect(await world.store.deadLetters.get(id)).toMatchObject({ state: 'open' })
  })
})

describe('replaying a cause', () => {
  it('counts without changing anything in a dry run', async () => {
    for (const id of ['a', 'b', 'c']) await world.deadMessage(id)
    const { cause } = await world.deadMessage('d')
    expect(await world.operations.replayWhere({ cause }, OPERATOR, { dryRun: true })).toMatchObject({
      matched: 4,
      replayed: 0,
    })
    expect((await world.store.deadLetters.list({ state: 'open' })).total).toBe(4)
    expect(await audited()).toEqual([])
  })

  it('spreads what becomes due over time, and leaves other causes alone', async () => {
    const { cause } = await world.deadMessage('a')
    for (const id of ['b', 'c']) await world.deadMessage(id)
    const other = await world.deadMessage('x', 'INVARIANT_MONEY')
    const report = await world.operations.replayWhere({ cause }, OPERATOR, { ratePerSecond: 2 })
    expect(report).toEqual({
      matched: 3,
      replayed: 3,
      skipped: 0,
      remaining: 0,
      lastDueAt: world.clock.now() + 1_000,
    })
    const { items } = await world.store.messages.list({ state: 'pending' })
    expect(items.map(({ nextAt }) => nextAt - world.clock.now()).sort((a, b) => a - b)).toEqual([
      0, 500, 1_000,
    ])
    expect(await world.store.deadLetters.get(other.id)).toMatchObject({ state: 'open' })
    expect(await audited()).toEqual(['key_operator dead-letter.replay-many'])
  })

  it('walks more letters than one page', async () => {
    const ids = Array.from({ length: 230 }, (_, index) => `m${index}`)
    await Promise.all(ids.map(id => world.deadMessage(id)))
    expect(
      await world.operations.replayWhere({ connection: 'shop' }, OPERATOR, { ratePerSecond: 1_000 }),
    ).toMatchObject({
      matched: 230,
      replayed: 230,
    })
    expect((await world.store.deadLetters.list({ state: 'open' })).total).toBe(0)
  })
})

describe('editing', () => {
  it('translates the edited bytes from now on and keeps what was received', async () => {
    const { id } = await world.deadMessage()
    await world.operations.editPayload(id, Buffer.from('{"id":2}'), OPERATOR)
    const message = await world.store.messages.get('m1')
    expect(message).toMatchObject({ state: 'pending', edited: { by: 'key_operator' } })
    expect(message?.edited?.body.toString()).toBe('{"id":2}')
    expect(message?.body.toString()).toContain('jane@example.com')
    const trail = JSON.stringify((await world.store.audit.list()).items)
    expect(trail).toContain('dead-letter.edit')
    expect(trail).not.toContain('{\\"id\\":2}')
  })

  it('refuses a delivery, an empty body and one over the bound', async () => {
    const delivery = await world.deadDelivery()
    await expect(world.operations.editPayload(delivery.id, Buffer.from('x'), OPERATOR)).rejects.toMatchObject(
      { code: 'STATE_CONFLICT' },
    )
    const { id } = await world.deadMessage()
    await expect(world.operations.editPayload(id, Buffer.alloc(0), OPERATOR)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
    await expect(world.operations.editPayload(id, Buffer.alloc(1_001, 'x'), OPERATOR)).rejects.toMatchObject({
      code: 'BODY_TOO_LARGE',
    })
  })

  it('adds and takes away table entries of one connection, and keeps the others', async () => {
    await world.store.connections.put({
      ...{
        id: 'shop',
        tenant: 'acme',
        connector: 'shopify',
        settings: {},
        secrets: {},
        state: 'active',
        declared: true,
        updatedAt: 0,
      },
      tables: { 'a/b/order': { carriers: { dhl: 'DHL' } } },
    })
    const edit = { connection: 'shop', mapping: 'a/b/order', table: 'carriers', entry: 'ups', value: 'UPS' }
    await world.operations.editTable(edit, OPERATOR)
    expect((await world.store.connections.get('shop'))?.tables).toEqual({
      'a/b/order': { carriers: { dhl: 'DHL', ups: 'UPS' } },
    })
    await world.operations.editTable({ ...edit, entry: 'dhl', value: null }, OPERATOR)
    expect((await world.store.connections.get('shop'))?.tables).toEqual({
      'a/b/order': { carriers: { ups: 'UPS' } },
    })
    expect(world.refreshed).toEqual(['shop', 'shop'])
    await expect(world.operations.editTable(edit, { ...OPERATOR, tenant: 'globex' })).rejects.toMatchObject({
      code: 'CONNECTION_UNKNOWN',
    })
  })
})

describe('discarding', () => {
  it('ends letter and message for good, with the reason', async () => {
    const { id } = await world.deadMessage()
    await world.operations.discard(id, ' test order ', OPERATOR)
    expect(await world.store.messages.get('m1')).toMatchObject({
      state: 'discarded',
      reason: 'MAPPING_MISSING',
    })
    expect(await world.store.deadLetters.get(id)).toMatchObject({
      state: 'discarded',
      closeReason: 'test order',
    })
    await world.operations.discard(id, 'again', OPERATOR)
    expect(await audited()).toEqual(['key_operator dead-letter.discard'])
    await expect(world.operations.replay(id, OPERATOR)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })

  it('asks for a reason', async () => {
    const { id } = await world.deadMessage()
    await expect(world.operations.discard(id, '  ', OPERATOR)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
    expect(await world.store.messages.get('m1')).toMatchObject({ state: 'dead' })
  })

  it('gives up a revision of a delivery, and a newer one is delivered all the same', async () => {
    const { id } = await world.deadDelivery()
    await world.operations.discard(id, 'wrong shop', OPERATOR)
    expect(await world.store.deliveries.get(wanted(1, 0).id)).toMatchObject({ state: 'discarded' })
    await world.store.deliveries.want(wanted(2, 0), world.clock.now())
    expect(await world.store.deliveries.get(wanted(1, 0).id)).toMatchObject({ state: 'pending', revision: 2 })
  })

  it('refuses what is being tried again', async () => {
    const { id } = await world.deadMessage()
    await world.operations.replay(id, OPERATOR)
    await expect(world.operations.discard(id, 'no', OPERATOR)).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
    })
  })
})

describe('parking and resolving', () => {
  it.each(['PARTNER_REFUSED', 'MAPPING_TABLE_MISS'] as const)(
    'keeps one letter per subject and no personal data in it: %s',
    async code => {
      const error = new HubError(code, { detail: 'jane@example.com is blocked.' })
      const letter = await world.deadMessage('m1', code, error)
      expect(JSON.stringify(letter)).not.toContain('jane')
      expect((await world.store.deadLetters.list({})).total).toBe(1)
    },
  )

  it('closes the letter of what succeeded, once', async () => {
    const { id } = await world.deadDelivery()
    expect(await world.operations.resolveBySuccess('delivery', wanted(1, 0).id)).toBe(true)
    expect(await world.operations.resolveBySuccess('delivery', wanted(1, 0).id)).toBe(false)
    expect(await world.operations.resolveBySuccess('message', 'nobody')).toBe(false)
    expect(await world.store.deadLetters.get(id)).toMatchObject({ state: 'resolved', closedBy: 'system' })
  })

  it('shows all that is needed to decide, the payload masked for whom it is none of their business', async () => {
    const { id } = await world.deadMessage()
    const shown = await world.operations.show(id, OPERATOR)
    expect(shown).toMatchObject({
      fix: expect.stringContaining('Edit'),
      cause: { open: 1 },
      message: { id: 'm1' },
    })
    expect(shown.payload?.text).toContain('jane@example.com')
    const viewed = await world.operations.show(id, { id: 'v', role: 'viewer' })
    expect(viewed.payload).toMatchObject({ masked: true })
    expect(JSON.stringify(viewed)).not.toContain('jane')
  })
})
