import { fileURLToPath } from 'node:url'
import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance, PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { ediX12 } from './connector.ts'
import { PARTNER, US } from './simulator/partner-writer.ts'
import { createFolderWarehouse } from './simulator.ts'

async function simulator(options: SimulatorOptions): Promise<PartnerSimulator> {
  const warehouse = await createFolderWarehouse(options)
  let seeded = 0
  return {
    baseUrl: warehouse.baseUrl,
    close: warehouse.close,
    async seed(_feed, count, at) {
      const skus = Array.from({ length: count }, () => `KIT${String(++seeded).padStart(5, '0')}`)
      await warehouse.stock(skus, at)
      return skus
    },
    held: resource => warehouse.held()[resource === 'order' ? 'order' : 'shipment'],
  }
}

const order = (n: number, revision: number): Pick<PushOperation, 'key' | 'body' | 'dependencies'> => ({
  key: `kit:kit-shop:order-${n}`,
  body: {
    set: '940',
    reference: `#${1_000 + n}`,
    cancelled: false,
    W05: { W0501: 'N', W0502: `#${1_000 + n}` },
    N1: [{ N101: 'ST', N102: 'Zoë Ünlüer', N3: { N301: '1 Main St' }, N4: { N401: 'Reno', N402: 'NV' } }],
    LX: [{ LX01: 1, W01: { W0101: revision, W0102: 'EA', W0104: 'VN', W0105: 'TENT-2' } }],
    W76: { W7601: revision },
  },
  dependencies: {},
})

const shipment = (n: number, revision: number): Pick<PushOperation, 'key' | 'body' | 'dependencies'> => ({
  key: `kit:kit-3pl:shipment-${n}`,
  body: {
    set: '856',
    reference: `S-${n}`,
    BSN: { BSN01: '00', BSN02: `S-${n}`, BSN03: '20260512', BSN04: '0930' },
    HL: {
      HL03: 'S',
      inside: {
        HL03: 'O',
        PRF: { PRF01: `PO-${n}` },
        items: [{ HL03: 'I', LIN: { LIN02: 'VN', LIN03: 'TENT-2' }, SN1: { SN102: revision, SN103: 'EA' } }],
      },
    },
    CTT: { CTT02: revision },
  },
  dependencies: {},
})

const unsendable = (): Pick<PushOperation, 'key' | 'body' | 'dependencies'> => ({
  ...order(1, 1),
  body: { set: '997', reference: 'no' },
})

const conformance: Conformance = {
  connector: ediX12,
  connection(baseUrl) {
    const root = baseUrl.startsWith('file:') ? fileURLToPath(baseUrl) : '/nonexistent'
    return {
      id: 'kit-edi',
      tenant: 'kit',
      connector: 'edi-x12',
      settings: {
        ...{ inFolder: `${root}/in`, outFolder: `${root}/out`, stateFolder: `${root}/state` },
        ...{ senderId: US.id, receiverId: PARTNER.id, warehouse: 'RNO1' },
      },
      secrets: {},
    }
  },
  pushes: {
    order: { operation: order, refused: unsendable },
    shipment: { operation: shipment, refused: unsendable },
  },
  simulator,
}

export default conformance
