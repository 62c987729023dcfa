import { describe, expect, it } from '@jest/globals'
import type { Manifest } from '#core/contracts/connector.ts'
import type { DocumentCandidate, Link, Resource } from '#core/contracts/store.ts'
import { isEcho, isTakenOver } from '#core/sync/echo.ts'

/** A store in which the hub wrote another connection's document to `shop` as `id`. */
function written(resource: Resource) {
  const link: Link = {
    document: `${resource}:acme:erp:1`,
    connection: 'shop',
    externalId: 'id',
    createdAt: 1,
  }
  const store = {
    documents: { get: async () => null },
    links: { find: async () => link, list: async () => [] },
    deliveries: { get: async () => null },
  }
  return { store } as unknown as Parameters<typeof isEcho>[0]
}

const candidate = (resource: Resource) =>
  ({
    ...{ id: `${resource}:acme:shop:id`, resource, connection: 'shop', externalId: 'id' },
    dependsOn: [],
  }) as unknown as DocumentCandidate

const manifest = (resource: Resource, kind: Manifest['kind'] = 'storefront') =>
  ({ kind, pushes: { [resource]: 'state' } }) as unknown as Manifest

describe('what comes back under an id that the hub wrote', () => {
  it.each<[Resource, boolean]>([
    ['order', true],
    ['shipment', true],
    ['return', true],
    // There whoever wrote it last: what the shop tells of it is news.
    ['inventory', false],
    ['product', false],
  ])('%s: an echo is %s', async (resource, echo) => {
    expect(await isEcho(written(resource), candidate(resource), manifest(resource))).toBe(echo)
  })

  it('is news where the partner is not written to, and from carriers, who were told to tell', async () => {
    const shipment = candidate('shipment')
    expect(await isEcho(written('shipment'), shipment, manifest('order'))).toBe(false)
    expect(await isEcho(written('shipment'), shipment, manifest('shipment', 'carrier'))).toBe(false)
  })
})

describe('a document that was known before the hub wrote another in its place', () => {
  it.each<[Resource, boolean]>([
    ['shipment', true],
    ['return', true],
    ['order', false],
    ['inventory', false],
  ])('%s: is told of by the other one: %s', async (resource, taken) => {
    expect(await isTakenOver(written(resource), candidate(resource))).toBe(taken)
  })

  it('speaks for itself where the link is its own', async () => {
    const own = { ...candidate('shipment'), id: 'shipment:acme:erp:1' }
    expect(await isTakenOver(written('shipment'), own)).toBe(false)
  })
})
