import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Conformance } from '#connectors/sdk/testkit/conformance.ts'
import type { Resource } from '#core/contracts/store.ts'
import { CRASHES, type Erp, type ErpDelivery, FAULTS, openErp } from '#test/integration/erp-delivery.ts'

export interface OnceSuite {
  conformance: Conformance
  /** How the ERP knows the hub's key of a record. */
  keyOf(key: string): string
  /** Which revision of the kit's document a record holds; null where it does not show. */
  revisionOf(resource: Resource, body: Record<string, unknown>): number | null
}

/** Whatever request of a push breaks, and however: one record, at the newest revision. */
export function erpOnceSuite({ conformance, keyOf, revisionOf }: OnceSuite): void {
  let erp: Erp
  beforeEach(async () => {
    erp = await openErp(conformance)
  })
  afterEach(() => erp.close())

  function expectOne(resource: Resource, { key, wanted }: ErpDelivery, what: string): void {
    const held = erp.bench.simulator!.held!(resource).filter(record => record.key.startsWith(keyOf(key)))
    const revisions = held.map(({ body }) => revisionOf(resource, body as Record<string, unknown>))
    expect([what, ...revisions]).toEqual([what, ...(revisions[0] === null ? [null] : [wanted])])
  }

  describe.each(Object.keys(conformance.pushes ?? {}) as Resource[])('%s', resource => {
    it.each(FAULTS)('is one record, whichever request of its creation ends in %s', async (name, fault) => {
      const whole = erp.delivery(resource)
      await whole.attempt()
      for (const nth of whole.boundaries) {
        const delivery = erp.delivery(resource)
        await delivery.attempt({ fault, nth })
        await delivery.settle()
        expectOne(resource, delivery, `${name} at request ${nth}`)
      }
    })

    it.each(FAULTS)(
      'holds the newest revision, whichever request of a change ends in %s',
      async (name, fault) => {
        const whole = erp.delivery(resource)
        await whole.settle()
        whole.wanted = 2
        await whole.attempt()
        for (const nth of whole.boundaries) {
          const delivery = erp.delivery(resource)
          await delivery.settle()
          delivery.wanted = 2
          await delivery.attempt({ fault, nth })
          await delivery.settle()
          expectOne(resource, delivery, `${name} at request ${nth}`)
        }
      },
    )

    it.each(CRASHES)(
      'is one record when the process dies %s, with a newer revision after it',
      async crash => {
        const delivery = erp.delivery(resource)
        await delivery.attempt({ crash })
        delivery.wanted = 2
        await delivery.attempt({ crash })
        await delivery.settle()
        expectOne(resource, delivery, crash)
      },
    )
  })
}
