import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { decode } from '#connectors/storefronts/bigcommerce/decode.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator } from '#core/documents/validate.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { AT, type OpenStore, openStore } from './store.ts'

const MAPPINGS = fileURLToPath(new URL('../../../../mappings', import.meta.url))

let store: OpenStore

beforeAll(async () => {
  store = await openStore()
})
afterAll(() => store.close())

it('every order that the simulated store makes is a document that fits and balances', async () => {
  const schemas = await loadSchemas(MAPPINGS)
  const mapper = createMapper({ schemas })
  const plan = (
    await loadMappings(MAPPINGS, mapper, file => file.startsWith('storefronts/bigcommerce/'))
  ).byTopic.get('bigcommerce rest/order')!
  const validator = createValidator(schemas)
  for (let n = 0; n < 20; n++) {
    const order = store.simulator.store.placeOrder(AT + n * 1_000)
    if (n % 3 === 0) store.simulator.store.refund(order)
    const body = Buffer.from(JSON.stringify({ id: order.id }))
    const decoded = await decode(
      { topic: 'rest/order', dedupeKey: 'k', headers: {}, body, via: 'poll' },
      store.context,
    )
    const run = mapper.run(plan, 'records' in decoded ? decoded.records[0] : null, {
      bindings: { topic: 'rest/order', headers: {}, connection: { settings: {} } },
    })
    if (!run.ok) throw new Error(JSON.stringify(run))
    const { body: document } = run.output
    expect([...validator.validate('order', document), ...checkInvariants('order', document)]).toEqual([])
    expect(document).toMatchObject({ taxesIncluded: false })
    expect(document).not.toHaveProperty('fees.0')
  }
})
