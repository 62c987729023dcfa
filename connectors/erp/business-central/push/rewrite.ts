import { type ConnectorContext, HubError, type PushOperation } from '../../../sdk/index.ts'
import type { Company } from '../api.ts'
import { transaction } from './batch.ts'
import { changesOf, type WantedDocument } from './changes.ts'
import { findDocument } from './find-document.ts'
import { type Kind, type SalesDocument, type WantedLine, withNumber } from './sales-document.ts'

/** What every part of a push needs. */
export interface Pushing {
  readonly company: Company
  readonly operation: PushOperation
  readonly context: ConnectorContext
}

const MOST_TRIES = 3

/**
 * Makes the document as it must be, all changes or none, and gives it as it then stands. Where somebody else wrote
 * meanwhile, it is read anew: nothing of the refused transaction was kept.
 */
export async function rewrite(
  { company, operation, context }: Pushing,
  kind: Kind,
  { found, wanted }: { found: SalesDocument; wanted: WantedDocument },
): Promise<SalesDocument> {
  let present = found
  for (let tries = 1; ; tries++) {
    const changes = changesOf(present, kind, wanted)
    if (changes.length === 0) return present
    operation.sending()
    try {
      await transaction(company, changes, context)
      return await reread(company, kind, present)
    } catch (thrown) {
      if (tries === MOST_TRIES || !isConflict(thrown)) throw thrown
    }
    present = (await findDocument(company, kind, operation)) ?? present
  }
}

async function reread(company: Company, kind: Kind, { number }: SalesDocument): Promise<SalesDocument> {
  const [document] = await withNumber(company, kind, number)
  if (document) return document
  throw new HubError('PARTNER_CONFLICT', { detail: `The ${kind.name} ${number} went while it was written.` })
}

const isConflict = (thrown: unknown): boolean =>
  thrown instanceof HubError && thrown.code === 'PARTNER_CONFLICT'

/** Without what is for the hub alone: the setting that a line needs. */
export const forBusinessCentral = ({ setting: _, ...line }: WantedLine): WantedLine => line

/** What Business Central computed. */
export const computedTotal = (document: SalesDocument): number =>
  Number(document['totalAmountIncludingTax'] ?? 0)
