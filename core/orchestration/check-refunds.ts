import type { Store, StoredDocument } from '../contracts/store.ts'
import type { Order, Return } from '../documents/types.gen.ts'
import { HubError } from '../errors/hub-error.ts'
import { deliveryId } from '../kernel/ids.ts'
import { exponentOf, formatScaled, toScaled } from '../kernel/money.ts'
import { documentsOfOrder } from './order-documents.ts'

type Stores = Pick<Store, 'documents' | 'links' | 'deliveries'>

/**
 * All refunds of an order up to this one together are at most what was paid for it, where its channel tells: of two that
 * are too much together the later one is, whichever of them is delivered first. `REFUND_EXCEEDS_PAID` waits for a while,
 * because the order that names the payment may come later than the refund.
 */
export async function checkRefunds(
  store: Stores,
  refund: StoredDocument,
  destination: string,
): Promise<void> {
  for (const id of refund.dependsOn.filter(one => one.startsWith('order:'))) {
    const document = await store.documents.get(id)
    const order = document?.body as unknown as Order | undefined
    if (!order || order.totals.paid === undefined) continue
    const returns = await documentsOfOrder(store, id, 'return')
    const own = returns.filter(({ connection }) => connection === document!.connection)
    const counted = await notDiscarded(store, own, { except: refund.id, destination })
    const upToIt = counted.filter(one => compareArrival(one, refund) <= 0)
    const refunded = refundedTogether(bodiesOf(upToIt), order.currency, bodiesOf(counted))
    const excess = refunded - toScaled(order.totals.paid)
    if (excess > 0n) throw excessError(order, refunded, excess)
  }
}

/** What somebody gave up is not paid back there. */
async function notDiscarded(
  { deliveries }: Stores,
  returns: readonly StoredDocument[],
  { except, destination }: { except: string; destination: string },
): Promise<StoredDocument[]> {
  const states = await Promise.all(returns.map(({ id }) => deliveries.get(deliveryId(id, destination))))
  return returns.filter(({ id }, index) => id === except || states[index]?.state !== 'discarded')
}

const compareArrival = (a: StoredDocument, b: StoredDocument): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

const bodiesOf = (documents: readonly StoredDocument[]): Return[] =>
  documents.map(({ body }) => body as unknown as Return)

function excessError({ totals, currency }: Order, refunded: bigint, excess: bigint): HubError {
  const show = (amount: bigint): string => `${formatScaled(amount, exponentOf(currency) ?? 2)} ${currency}`
  return new HubError('REFUND_EXCEEDS_PAID', {
    detail: `The refunds of the order make ${show(refunded)}, but only ${totals.paid} was paid: ${show(excess)} too much.`,
  })
}

/** What they paid back in this currency, scaled. A return that one of `all` pays back tells the same money a second time. */
export function refundedTogether(
  returns: readonly Return[],
  currency: string,
  all: readonly Return[] = returns,
): bigint {
  const paidBack = new Set(all.map(({ returnId }) => returnId))
  return returns
    .filter(one => one.currency === currency && !VOID.has(one.status ?? '') && !paidBack.has(one.externalId))
    .reduce((sum, one) => sum + refundedBy(one), 0n)
}

const VOID: ReadonlySet<string> = new Set(['declined', 'cancelled', 'requested'])

function refundedBy({ totals, refunds = [], currency }: Return): bigint {
  if (totals?.refunded !== undefined) return toScaled(totals.refunded)
  return refunds
    .filter(refund => refund.currency === currency && (refund.kind ?? 'refund') === 'refund')
    .filter(({ status }) => status !== 'failure' && status !== 'error')
    .reduce((sum, { amount }) => sum + toScaled(amount), 0n)
}
