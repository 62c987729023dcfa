import { describe, expect, it } from '@jest/globals'
import conformance from '#connectors/erp/erpnext/conformance.ts'
import { hubKey } from '#connectors/erp/erpnext/hub-key.ts'
import { push } from '#connectors/erp/erpnext/push.ts'
import type { ErpnextSimulator } from '#connectors/erp/erpnext/simulator.ts'
import { openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import { erpOnceSuite } from '#test/conformance/erp-once.suite.ts'
import { outgoingBody } from './erp-outgoing.ts'

describe('ERPNext', () => {
  erpOnceSuite({
    conformance,
    keyOf: hubKey,
    revisionOf(resource, { grand_total, lr_no }) {
      if (resource === 'order') return (Number(grand_total) - 5) / 10
      if (resource === 'return') return Number(grand_total) / -10
      return Number(String(lr_no).at(-1))
    },
  })
})

it('a whole order of a channel becomes a Sales Order of the same total, with the customer’s own field', async () => {
  const bench = await openBench(conformance)
  const { site } = bench.simulator as ErpnextSimulator
  site.insert('Item', { name: 'CARD', item_code: 'CARD', disabled: 0 })
  const accounts = { feeAccount: 'Tips - A', taxAccount: 'Sales Tax - A' }
  const settings = { ...bench.connection.settings, ...accounts }
  const body = await outgoingBody({
    ...{ mapping: 'erp/erpnext/order-out', settings },
    overlay: 'extends: erp/erpnext/order-out\nversion: 1\ndocument:\n  custom_delivery_note: note\n',
  })
  const { externalId } = await push(
    {
      ...{ resource: 'order', key: 'acme:shop:5551', revision: 1, body, externalId: null, dependencies: {} },
      ...{ uncertain: false, idempotencyKey: 'k', sending: () => undefined },
    },
    { ...bench.context, connection: { ...bench.connection, settings } },
  )
  expect(site.find('Sales Order', externalId)).toMatchObject({
    ...{ custom_hub_key: 'acme:shop:5551', docstatus: 1, grand_total: 44.25, po_no: '#1001' },
    custom_delivery_note: 'Leave at the door',
  })
  await bench.close()
})
