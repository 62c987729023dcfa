import { describe, expect, it } from '@jest/globals'
import type { DocumentCandidate, NewMessage } from '#core/contracts/store.ts'
import { resolveSuperseded } from '#core/deadletter/resolve.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { deadLetterWorld } from './dead-letter-world.ts'

const DOCUMENT = 'order:acme:shop:1'

async function worldWithDead(eventAt: number, documentEvent: number) {
  const world = deadLetterWorld()
  const { store, clock } = world
  const message: NewMessage = {
    ...{
      id: 'old',
      tenant: 'acme',
      connection: 'shop',
      topic: 'orders/updated',
      via: 'webhook',
      dedupeKey: 'old',
    },
    ...{ receivedAt: clock.now(), eventAt, headers: {}, body: Buffer.from('{}') },
  }
  await store.messages.insert(message)
  const claim = world.claim()
  await store.messages.claim('old', claim)
  const error = new HubError('DOCUMENT_INVALID')
  const letter = await world.park({
    kind: 'message',
    subject: 'old',
    tenant: 'acme',
    connection: 'shop',
    document: DOCUMENT,
    error,
  })
  await store.messages.settle('old', claim.token, {
    state: 'dead',
    attempt: { at: clock.now(), outcome: error.code },
  })
  await store.documents.upsert(candidate(documentEvent), clock.now())
  const resolved = await resolveSuperseded({
    store,
    clock,
    queue: { enqueue: async () => undefined },
    newId: () => 'token',
  })
  const after = {
    message: (await store.messages.get('old'))?.state,
    letter: (await store.deadLetters.get(letter.id))?.state,
  }
  await store.close()
  return { resolved, ...after }
}

const candidate = (event: number): DocumentCandidate => ({
  ...{
    id: DOCUMENT,
    resource: 'order',
    key: 'acme:shop:1',
    tenant: 'acme',
    connection: 'shop',
    externalId: '1',
  },
  ...{
    order: { revision: event, event, arrival: event },
    body: {},
    hash: 'h',
    mapping: { id: 'm', version: 1 },
  },
  ...{ message: 'new', receivedAt: event, dependsOn: [] },
})

describe('a dead message', () => {
  it('is stale once its document holds a later revision', async () =>
    expect(await worldWithDead(1_000, 2_000)).toEqual({ resolved: 1, message: 'stale', letter: 'resolved' }))

  it('stays dead while the document holds an earlier one, so that no change is lost', async () =>
    expect(await worldWithDead(2_000, 1_000)).toEqual({ resolved: 0, message: 'dead', letter: 'open' }))
})
