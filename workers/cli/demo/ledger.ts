import { accountFor } from '#core/health/accounting.ts'
import type { Accounting } from '#core/health/snapshot-types.ts'
import type { Base } from '../../compose/base.ts'
import { compareErp } from './compare-erp.ts'
import type { Partners } from './partners.ts'

/** Where everything is in the end, and what cannot be explained. */
export interface Ledger {
  accounting: Accounting
  deadLetters: number
  /** Keys that the ERP holds more than once. */
  duplicates: number
  /** One sentence each; empty when all is accounted for. */
  doubts: string[]
}

type Reads = Pick<Base, 'store'>

export async function tally({ store }: Reads): Promise<Pick<Ledger, 'accounting' | 'deadLetters'>> {
  const { rows } = await store.upkeep.backlog()
  const [{ total: deadLetters }, { total: documents }] = await Promise.all([
    store.deadLetters.list({ state: 'open' }, { limit: 1 }),
    store.documents.list({}, { limit: 1 }),
  ])
  const accounting = accountFor({ rows, documents, openDeadLetters: deadLetters, held: 0, skippedBy: {} })
  return { accounting, deadLetters }
}

export async function isSettled(base: Reads): Promise<boolean> {
  const { pending, undelivered } = (await tally(base)).accounting
  return pending === 0 && undelivered === 0
}

/** Compares what left the shop, what the hub says and what the ERP holds. */
export async function account(base: Base, partners: Partners): Promise<Ledger> {
  const { accounting, deadLetters } = await tally(base)
  const { received, done, skipped, stale, dead, discarded, pending, undelivered, lost } = accounting
  const landed = await landedByWebhook(base)
  const ended = done + skipped + stale + dead + discarded
  const { duplicates, doubts } = await compareErp(base, partners)
  return {
    ...{ accounting, deadLetters, duplicates },
    doubts: [
      landed === partners.sent.size ? '' : `${partners.sent.size} webhooks left the shop, ${landed} landed`,
      received === ended ? '' : `${received} messages were received, ${ended} have ended`,
      pending + undelivered === 0
        ? ''
        : `${pending} messages and ${undelivered} deliveries are still under way`,
      lost === 0 ? '' : `${lost} records that nobody would look at`,
      duplicates === 0 ? '' : `${duplicates} keys stand in the ERP more than once`,
      ...doubts,
    ].filter(Boolean),
  }
}

export const isSound = ({ doubts }: Ledger): boolean => doubts.length === 0

export function summaryOf({ accounting, deadLetters, duplicates, doubts }: Ledger) {
  const { received, documents, confirmed, lost } = accounting
  return { received, documents, confirmed, deadLetters, lost: Math.max(lost, doubts.length), duplicates }
}

/** Distinct webhooks, without what was polled. */
async function landedByWebhook({ store, connectors }: Base): Promise<number> {
  const topics = Object.keys(connectors.get('shopify')?.manifest.topics ?? {})
  const pages = await Promise.all(topics.map(topic => store.messages.list({ topic }, { limit: 1 })))
  return pages.reduce((sum, { total }) => sum + total, 0)
}
