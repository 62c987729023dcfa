import { describe, expect, it } from '@jest/globals'
import conformance from '#connectors/erp/netsuite/conformance.ts'
import { externalIdOf } from '#connectors/erp/netsuite/external-id.ts'
import { push } from '#connectors/erp/netsuite/push.ts'
import type { NetsuiteSimulator } from '#connectors/erp/netsuite/simulator.ts'
import { openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import { erpOnceSuite } from '#test/conformance/erp-once.suite.ts'
import { outgoingBody } from './erp-outgoing.ts'

describe('NetSuite', () => {
  erpOnceSuite({
    conformance,
    keyOf: externalIdOf,
    revisionOf(resource, { total, memo, package: packages }) {
      if (resource === 'order') return (Number(total) - 5) / 10
      if (resource === 'return') return Number(String(memo).at(-1))
      return (packages as { items: { packageWeight: number }[] }).items[0]!.packageWeight
    },
  })
})

it('a whole order of a channel becomes a sales order of the same total, with the customer’s own field', async () => {
  const bench = await openBench(conformance)
  const { account } = bench.simulator as NetsuiteSimulator
  for (const name of ['CARD', 'Discount', 'Fee', 'Tax']) account.addItem(name)
  const items = { discountItem: 'Discount', feeItem: 'Fee', taxItem: 'Tax' }
  const settings = { ...bench.connection.settings, ...items }
  const body = await outgoingBody({
    ...{ mapping: 'erp/netsuite/order-out', settings },
    overlay: 'extends: erp/netsuite/order-out\nversion: 1\ndocument:\n  custbody_delivery_note: note\n',
  })
  const { externalId } = await push(
    {
      ...{ resource: 'order', key: 'acme:shop:5551', revision: 1, body, externalId: null, dependencies: {} },
      ...{ uncertain: false, idempotencyKey: 'k', sending: () => undefined },
    },
    { ...bench.context, connection: { ...bench.connection, settings } },
  )
  expect(account.find('salesOrder', externalId)).toMatchObject({
    externalId: externalIdOf('acme:shop:5551'),
    body: { total: 44.25, otherRefNum: '#1001', custbody_delivery_note: 'Leave at the door' },
  })
  await bench.close()
})
