import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { DocumentCandidate, Store } from '#core/contracts/store.ts'
import { contentHash } from '#core/kernel/canonical-json.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { landShipment } from '#core/sync/land-shipment.ts'

type Stores = Pick<Store, 'documents' | 'links'>

const EVENT = { at: '2026-03-02T00:00:00Z', status: 'delivered' }

function candidate(connection: string, events: object[]): DocumentCandidate {
  const packages = [
    {
      trackingNumber: connection === 'ups' ? '1Z999AA1' : '1z 999-aa1',
      ...(events.length > 0 && { events }),
    },
  ]
  const body = { externalId: 's', channel: connection, status: 'shipped', lines: [], packages }
  return {
    ...{
      id: `shipment:acme:${connection}:s`,
      resource: 'shipment',
      key: `acme:${connection}:s`,
      tenant: 'acme',
    },
    ...{
      connection,
      externalId: 's',
      order: { revision: 1, event: 1, arrival: 1 },
      body,
      hash: contentHash(body),
    },
    ...{ mapping: { id: 'm', version: 1 }, message: connection, receivedAt: 1, dependsOn: [] },
  }
}

const SHIPMENT = candidate('wms', [])
const NEWS = candidate('ups', [EVENT])

const land = (store: Stores, one: DocumentCandidate) =>
  landShipment({ store, now: 1, isCarrier: async connection => connection === 'ups' }, one)

/** The store, each call of which is let through by `turn`. */
const gated = ({ documents, links }: Store, turn: () => Promise<void>): Stores => ({
  documents: {
    ...documents,
    get: id => turn().then(() => documents.get(id)),
    upsert: (...given) => turn().then(() => documents.upsert(...given)),
  },
  links: {
    ...links,
    list: id => turn().then(() => links.list(id)),
    put: link => turn().then(() => links.put(link)),
  },
})

/** Lets one call of either through at a time, as `choices` say, until both have landed. */
async function interleaved(store: Store, choices: readonly boolean[]): Promise<void> {
  const waiting: (() => void)[][] = [[], []]
  const running = [SHIPMENT, NEWS].map((one, side) =>
    land(
      gated(store, () => new Promise(resolve => waiting[side]!.push(resolve))),
      one,
    ),
  )
  let landed = 0
  for (const run of running) void run.then(() => landed++)
  for (let at = 0; landed < 2; at++) {
    await new Promise(resolve => setImmediate(resolve))
    const first = choices[at % choices.length] ? 0 : 1
    ;(waiting[first]!.shift() ?? waiting[1 - first]!.shift())?.()
  }
  await Promise.all(running)
}

async function onStore<T>(run: (store: Store) => Promise<T>): Promise<T> {
  const store = openSqliteStore({ url: ':memory:', engine: true })
  try {
    return await run(store)
  } finally {
    await store.close()
  }
}

const isTold = async (store: Store): Promise<void> =>
  expect((await store.documents.get(SHIPMENT.id))!.body).toMatchObject({
    ...{ status: 'delivered', packages: [{ trackingNumber: '1z 999-aa1', events: [EVENT] }] },
  })

describe('a shipment and news of its parcel that land at once', () => {
  it('meet, however their reads and writes fall between each other', async () => {
    const choices = fc.array(fc.boolean(), { minLength: 1, maxLength: 16 })
    const property = fc.asyncProperty(choices, given =>
      onStore(async store => {
        await interleaved(store, given)
        await isTold(store)
      }),
    )
    await fc.assert(property, { numRuns: 60 })
  })

  it.each([
    ['the shipment', [SHIPMENT, NEWS]],
    ['the news', [NEWS, SHIPMENT]],
  ])(
    'meet when the process dies at any call while %s lands, and does it again',
    async (_, [dying, other]) => {
      for (let calls = 0; calls < 8; calls++)
        await onStore(async store => {
          let left = calls
          const dead = gated(store, () =>
            left-- > 0 ? Promise.resolve() : Promise.reject(new Error('The process died.')),
          )
          await land(dead, dying!).catch(() => undefined)
          await land(store, other!)
          await land(store, dying!)
          await isTold(store)
        })
    },
  )
})
