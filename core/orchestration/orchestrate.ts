import type { LiveConnection } from '../accounts/directory.ts'
import type { Delivery, Store, StoredDocument } from '../contracts/store.ts'
import { checkRefunds } from './check-refunds.ts'
import { type HoldDeps, hold } from './hold.ts'
import { type PartDeps, partFor } from './part-for.ts'

export interface Departure {
  delivery: Delivery
  document: StoredDocument
  destination: LiveConnection
  /** The destination is known to have it. One that is not may have it all the same, while `delivery.uncertain`. */
  isThere: boolean
}

export type OrchestrateDeps = HoldDeps & PartDeps & { store: Pick<Store, 'deliveries'> }

/**
 * Asked before every send: what of the document goes to the destination now. Throws what keeps it here: `ORDER_HELD`,
 * `CANCELLED_WHILE_HELD`, `NO_LINES_HERE`, `REFUND_EXCEEDS_PAID`.
 */
export type Orchestrate = (departure: Departure) => Promise<StoredDocument>

export function createOrchestrate(deps: OrchestrateDeps): Orchestrate {
  return async departure => {
    const { document, destination, isThere } = departure
    if (document.resource === 'return') await checkRefunds(deps.store, document, destination.id)
    if (document.resource !== 'order') return document
    const part = await partFor(deps, departure)
    // What a destination has is kept up to date: to hold back changes, a cancellation above all, would do harm there.
    if (!isThere) await hold(deps, { ...departure, part })
    return part
  }
}
