import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { DocumentCandidate, Store } from '#core/contracts/store.ts'
import { contentHash } from '#core/kernel/canonical-json.ts'
import { documentId, documentKey } from '#core/kernel/ids.ts'
import { holdOrder } from '#test/support/held-order.ts'
import { type CliWorld, cliWorld } from './cli-harness.ts'

let cli: CliWorld
let store: Store

beforeEach(() => {
  cli = cliWorld()
  store = cli.store()
})
afterEach(() => cli.close())

const hold = (given = {}) => holdOrder(store, { now: Date.now(), ...given })

async function land(
  resource: 'order' | 'settlement',
  externalId: string,
  body: Record<string, unknown>,
  deadline?: number,
) {
  const key = documentKey('acme', 'acme-shopify', externalId)
  const candidate: DocumentCandidate = {
    ...{
      id: documentId(resource, key),
      resource,
      key,
      tenant: 'acme',
      connection: 'acme-shopify',
      externalId,
    },
    ...{ body, hash: contentHash(body), dependsOn: [], message: 'm', mapping: { id: 't', version: 1 } },
    ...{ order: { revision: 1, event: 1, arrival: 1 }, receivedAt: 1, deadline },
  }
  return (await store.documents.upsert(candidate, 1)).document.id
}

describe('hub dead-letters', () => {
  it('lists held orders by their owner, with the time that is left', async () => {
    const { id } = await hold({ dueAt: Date.now() + 5 * 86_400_000 })
    const { out } = await cli.hub('dead-letters list --owner finance')
    expect(out).toMatch(/OWNER +DUE/)
    expect(out).toMatch(new RegExp(`${id}.*finance +in 5d`))
    expect((await cli.hub('dead-letters list --owner head --json')).json.total).toBe(0)
    expect((await cli.hub(`dead-letters show ${id}`)).out).toMatch(/rule +payment-pending\nowner +finance/)
  })

  it('releases them, with a reason', async () => {
    const { id } = await hold()
    expect((await cli.hub(`dead-letters release ${id}`)).code).toBe(1)
    const { out, code } = await cli.hubArgs(['dead-letters', 'release', id, '--reason', 'Paid by transfer.'])
    expect([code, out]).toEqual([0, `${id}: released; the order goes within seconds.\n`])
    expect((await store.deadLetters.get(id))?.state).toBe('replayed')
  })
})

describe('hub reports', () => {
  it('settlements: payouts, and of one the orders that do not fit', async () => {
    expect((await cli.hub('reports settlements')).out).toBe('No settlement.\n')
    const lines = [{ kind: 'sale', net: '9.00', orderId: '7' }]
    const id = await land('settlement', 'P1', {
      externalId: 'P1',
      channel: 'x',
      currency: 'USD',
      payout: '9.00',
      lines,
    })
    expect((await cli.hub('reports settlements --json')).json).toMatchObject({
      items: [{ id, payout: '9.00', lines: { unmatched: 1 } }],
    })
    expect((await cli.hub('reports settlements')).out).toMatch(/9\.00 USD/)
    const { out } = await cli.hub(`reports settlements ${id}`)
    expect(out).toMatch(/9\.00 USD from acme-shopify, P1/)
    expect(out).toMatch(/ORDER +KNOWN.*\n7 +no/)
    expect((await cli.hub('reports settlements none')).code).toBe(1)
  })

  it('ship-by: what must be shipped, and what should have been', async () => {
    expect((await cli.hub('reports ship-by')).out).toBe('No order has to be shipped soon.\n')
    await land('order', '1', {}, Date.now() - 3_600_000)
    await land('order', '2', {}, Date.now() + 3_600_000)
    await land('order', '3', {}, Date.now() + 360_000_000)
    const { out } = await cli.hub('reports ship-by')
    expect(out).toContain('1 order late, 1 to be shipped within 4 hours.')
    expect((await cli.hub('reports ship-by --json')).json).toMatchObject({
      items: [
        { externalId: '1', late: true },
        { externalId: '2', late: false },
      ],
    })
  })
})
