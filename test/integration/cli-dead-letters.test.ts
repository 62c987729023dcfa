import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import { type CliWorld, cliWorld, landOrder, parkMessage } from './cli-harness.ts'

let cli: CliWorld
let store: Store

beforeEach(() => {
  cli = cliWorld()
  store = cli.store()
})

afterEach(() => cli.close())

const stateOf = async (id: string) => (await store.messages.get(id))?.state

describe('hub dead-letters', () => {
  it('lists open ones, and others when told', async () => {
    const letter = await parkMessage(store, 'm1')
    expect((await cli.hub('dead-letters list')).out).toMatch(/m1|MAPPING_MISSING .*The currency is missing/)
    expect((await cli.hub('dead-letters list --json')).json).toMatchObject({
      total: 1,
      items: [{ id: letter.id }],
    })
    expect((await cli.hub('dead-letters list --state resolved')).out).toBe('No dead letter.\n')
    expect((await cli.hub('dead-letters list --kind delivery --json')).json.total).toBe(0)
  })

  it('goes on where a page ended', async () => {
    await parkMessage(store, 'm1')
    await parkMessage(store, 'm2')
    const { json } = await cli.hub('dead-letters list --limit 1 --json')
    expect((await cli.hub('dead-letters list --limit 1')).out).toContain('1 of 2; more: --after ')
    const rest = await cli.hub(`dead-letters list --limit 1 --after ${json.next} --json`)
    expect(rest.json.items[0].id).not.toBe(json.items[0].id)
  })

  it('shows what happened, what to do and the payload', async () => {
    const { id } = await parkMessage(store, 'm1')
    const { out } = await cli.hub(`dead-letters show ${id}`)
    for (const part of ['The currency is missing.', 'Edit the payload', 'cause-1', '"name": "#m1"'])
      expect(out).toContain(part)
    expect((await cli.hub(`dead-letters show ${id} --json`)).json).toMatchObject({
      id,
      payload: { masked: false },
    })
  })

  it('replays, also several, and says what became of each', async () => {
    const letters = [await parkMessage(store, 'm1'), await parkMessage(store, 'm2')]
    const { json } = await cli.hub(`dead-letters replay ${letters.map(({ id }) => id).join(' ')} --json`)
    expect(json.items.map(({ result }: { result: string }) => result)).toEqual(['replayed', 'replayed'])
    expect(await stateOf('m1')).toBe('pending')
  })

  it('translates the edited payload from now on, from a file or standard input', async () => {
    const { id } = await parkMessage(store, 'm1')
    const file = join(cli.dataDir, 'edited.json')
    writeFileSync(file, '{"id":"m1","currency":"EUR"}')
    expect((await cli.hub(`dead-letters edit ${id} --file ${file} --json`)).json.result).toBe('replayed')
    expect((await store.messages.get('m1'))?.edited?.body.toString()).toContain('EUR')
    const other = await parkMessage(store, 'm2')
    await cli.hub(`dead-letters edit ${other.id} --file -`, { stdin: '{"currency":"USD"}' })
    expect((await store.messages.get('m2'))?.edited?.body.toString()).toContain('USD')
  })

  it('discards for a reason only', async () => {
    const { id } = await parkMessage(store, 'm1')
    expect((await cli.hub(`dead-letters discard ${id}`)).err).toMatch(/--reason/)
    await cli.hubArgs(['dead-letters', 'discard', id, '--reason', 'a test order'])
    expect(await stateOf('m1')).toBe('discarded')
    expect(await store.deadLetters.get(id)).toMatchObject({
      state: 'discarded',
      closedBy: 'cli',
      closeReason: 'a test order',
    })
  })
})

describe('hub causes', () => {
  beforeEach(async () => {
    for (const id of ['m1', 'm2', 'm3'])
      await parkMessage(store, id, { cause: id === 'm3' ? 'cause-2' : 'cause-1' })
  })

  it('lists them with how many are open, and shows one with its letters', async () => {
    expect((await cli.hub('causes list --json')).json.total).toBe(2)
    expect((await cli.hub('causes show cause-1 --json')).json.letters).toHaveLength(2)
    expect((await cli.hub('causes show cause-1')).out).toMatch(/open +2 of 2/)
  })

  it('counts before it replays, and changes nothing when only asked', async () => {
    expect((await cli.hub('causes replay cause-1 --dry-run --json')).json).toEqual({
      cause: 'cause-1',
      matched: 2,
    })
    expect(await stateOf('m1')).toBe('dead')
  })

  it('asks with the count; a no, or nobody to ask, changes nothing', async () => {
    const questions: string[] = []
    const ask = async (question: string) => {
      questions.push(question)
      return 'n'
    }
    expect((await cli.hub('causes replay cause-1', { ask })).err).toMatch(/Not confirmed/)
    expect(questions).toEqual(['Replay 2 dead letters of cause cause-1? [y/N] '])
    expect((await cli.hub('causes replay cause-1')).err).toMatch(/give --yes/)
    expect(await stateOf('m1')).toBe('dead')
  })

  it('replays that cause alone', async () => {
    expect((await cli.hub('causes replay cause-1 --yes --rate 5 --json')).json).toMatchObject({
      matched: 2,
      replayed: 2,
    })
    expect([await stateOf('m1'), await stateOf('m3')]).toEqual(['pending', 'dead'])
    expect((await cli.hub('causes replay nothing --yes')).err).toMatch(/^NOT_FOUND/)
  })
})

describe('what arrived and where it went', () => {
  it('traces an order by the number that people say', async () => {
    const { document } = await landOrder(store, { id: '77', number: '#1001' })
    const { out } = await cli.hub('trace 1001')
    expect(out).toContain(document)
    expect(out).toMatch(/orders\/create by webhook: done/)
    expect(out).toMatch(/acme-erp: confirmed, revision 1 of 1, its id there order-9/)
    expect((await cli.hub('trace 1001 --json')).json.total).toBe(1)
    expect((await cli.hub('trace 4711')).err).toMatch(/^NOT_FOUND/)
  })

  it('lists, shows and replays messages and deliveries', async () => {
    const { message, delivery } = await landOrder(store, { id: '77', number: '#1001' })
    expect((await cli.hub('messages list --state done --json')).json.items[0].id).toBe(message)
    expect((await cli.hub(`messages show ${message}`)).out).toContain('orders/create')
    expect((await cli.hub('deliveries list --destination acme-erp')).out).toContain('1 of 1')
    expect((await cli.hub(`deliveries replay ${delivery} --json`)).json.result).toBe('replayed')
    expect((await store.deliveries.get(delivery))?.state).toBe('pending')
    expect((await cli.hub(`messages replay ${message} --json`)).json.result).toBe('replayed')
  })

  it('reconciles, and names records of connections that are not configured here', async () => {
    await landOrder(store, { id: '77', number: '#1001' })
    const { code, json } = await cli.hub('reconcile --json')
    expect({ code, ...json }).toMatchObject({
      code: 0,
      landed: 1,
      documents: 1,
      difference: 0,
      unconfigured: ['acme-erp'],
    })
    expect((await cli.hub('reconcile')).out).toMatch(/not configured here: acme-erp/)
  })

  it('fails when something is dead and no open letter shows it', async () => {
    const { id } = await parkMessage(store, 'm1')
    await store.deadLetters.close(id, 'resolved', 'nobody', Date.now())
    expect(await cli.hub('reconcile --json')).toMatchObject({ code: 1, json: { difference: 1 } })
  })
})
