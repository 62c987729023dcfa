import conformance from '#connectors/erp/business-central/conformance.ts'
import type { BcSimulator } from '#connectors/erp/business-central/simulator.ts'
import { type Bench, openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import type { ConnectorContext, Feed, RawMessage } from '#core/contracts/connector.ts'

export const COMPANY = 'f64eba74-dacd-4854-a584-1834f68cfc3a'

/** A simulated company, and what the hub gives the connector for it. */
export interface Opened {
  bench: Bench
  simulator: BcSimulator
  context: ConnectorContext
}

export async function openCompany(settings: Record<string, unknown> = {}): Promise<Opened> {
  const bench = await openBench(conformance)
  const connection = { ...bench.connection, settings: { ...bench.connection.settings, ...settings } }
  return { bench, simulator: bench.simulator as BcSimulator, context: { ...bench.context, connection } }
}

export async function polled({ context }: Opened, feed: Feed, cursor: string | null = null) {
  const messages: RawMessage[] = []
  let last = cursor
  for await (const page of conformance.connector.poll!(feed, cursor, context)) {
    messages.push(...page.messages)
    last = page.cursor
  }
  return { messages, cursor: last, records: messages.map(({ body }) => JSON.parse(body.toString())) }
}

export const told = (set: string, id: string, more: Record<string, unknown> = {}) => ({
  resource: `api/v2.0/companies(${COMPANY})/${set}(${id})`,
  changeType: 'updated',
  lastModifiedDateTime: '2026-05-12T09:29:00.467Z',
  ...more,
})

export const messageOf = (topic: string, body: object) => ({
  ...{ topic, dedupeKey: 'k', headers: {}, via: 'webhook' },
  body: Buffer.from(JSON.stringify(body)),
})
