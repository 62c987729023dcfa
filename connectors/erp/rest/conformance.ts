import type { Resource } from '../../sdk/index.ts'
import type {
  Conformance,
  PartnerSimulator,
  PushKit,
  SimulatorOptions,
} from '../../sdk/testkit/conformance.ts'
import { restErp } from './connector.ts'
import { createErpSimulator } from './simulator.ts'

const TOKEN = 'erp-token-8f3b1c6d2a'

async function simulator({ random }: SimulatorOptions): Promise<PartnerSimulator> {
  const erp = createErpSimulator({ random, token: TOKEN })
  return {
    baseUrl: await erp.listen(),
    close: () => erp.close(),
    held: resource => erp.records(resource).map(({ key, body, writes }) => ({ key, body, writes })),
  }
}

/** Any document: this ERP takes the canonical form as it is. */
const pushKit = (resource: Resource): PushKit => ({
  operation: (n, revision) => ({
    key: `kit:kit-shop:${resource}-${n}`,
    body: { externalId: `${resource}-${n}`, note: `As of revision ${revision}.` },
    dependencies: {},
  }),
})

const conformance: Conformance = {
  connector: restErp,
  connection: baseUrl => ({
    id: 'kit-erp',
    tenant: 'kit',
    connector: 'rest-erp',
    settings: { baseUrl },
    secrets: { token: [TOKEN] },
  }),
  pushes: Object.fromEntries(
    Object.keys(restErp.manifest.pushes ?? {}).map(resource => [resource, pushKit(resource as Resource)]),
  ),
  simulator,
}

export default conformance
