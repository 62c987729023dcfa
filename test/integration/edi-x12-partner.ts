import { fileURLToPath } from 'node:url'
import { ediX12 } from '#connectors/fulfilment/edi-x12/connector.ts'
import { PARTNER, US } from '#connectors/fulfilment/edi-x12/simulator/partner-writer.ts'
import { createFolderWarehouse } from '#connectors/fulfilment/edi-x12/simulator.ts'
import type { ConnectorContext, Decoded, PushOperation, RawMessage } from '#core/contracts/connector.ts'

export const BEGIN = Date.UTC(2026, 4, 12, 9, 30)

/** A simulated warehouse, the connector’s context for it, and the hub’s part played by hand. */
export async function ediPartner(settings: Record<string, unknown> = {}) {
  let now = BEGIN
  const warehouse = await createFolderWarehouse({ now: () => now, random: () => 0.5 })
  const root = fileURLToPath(warehouse.baseUrl)
  const logs: string[] = []
  const context = {
    connection: {
      ...{ id: 'acme-edi', tenant: 'acme', connector: 'edi-x12', secrets: {} },
      settings: {
        ...{ inFolder: `${root}/in`, outFolder: `${root}/out`, stateFolder: `${root}/state` },
        ...{ senderId: US.id, receiverId: PARTNER.id, ...settings },
      },
    },
    now: () => now,
    sleep: async () => undefined,
    signal: new AbortController().signal,
    log: (_level: string, message: string) => void logs.push(message),
  } as unknown as ConnectorContext

  return {
    ...{ warehouse, root, context, logs },
    pass: (ms: number) => {
      now += ms
    },
    /** One run of the poller; `dies`: before anything is cleared. */
    async poll({ dies = false } = {}): Promise<RawMessage[]> {
      const messages: RawMessage[] = []
      for await (const page of ediX12.poll!('file', null, context)) {
        messages.push(...page.messages)
        if (!dies) await page.done?.()
      }
      return messages
    },
    /** What a message comes to: its records, a skip, or the code of its error. */
    async outcome(message: RawMessage): Promise<Decoded | { code: string; detail: string }> {
      try {
        return await ediX12.decode!({ ...message, via: 'pull' }, context)
      } catch (thrown) {
        const { code, detail } = thrown as { code: string; detail: string }
        return { code, detail }
      }
    },
    push: (operation: Partial<PushOperation> & { body: Record<string, unknown> }) =>
      ediX12.push!({ ...OPERATION, ...operation }, context),
  }
}

const OPERATION: PushOperation = {
  ...{ resource: 'order', key: 'acme:shop:1', revision: 1, externalId: null, dependencies: {} },
  ...{ uncertain: false, idempotencyKey: 'acme:shop:1>acme-edi', body: {} },
  sending: () => undefined,
}

/** A 940 as the outgoing mapping makes it. */
export const orderBody = (number: string, units: number, cancelled = false) => ({
  ...{ set: '940', reference: number, cancelled },
  W05: { W0501: 'N', W0502: number },
  N1: [{ N101: 'ST', N102: 'Zoë *~Ünlüer', N3: { N301: '1 Main St' }, N4: { N401: 'Reno', N402: 'NV' } }],
  LX: [{ LX01: 1, W01: { W0101: units, W0102: 'EA', W0104: 'VN', W0105: 'TENT-2', G69: { G6901: 'Tent' } } }],
  W76: { W7601: units },
})
