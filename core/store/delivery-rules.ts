import type { Claim, Delivery, DeliveryOutcome, DeliveryState, WantedDelivery } from '../contracts/store.ts'
import { claimed, isClaimable, isClaimed, released, renewed, type WorkRecord } from './work-rules.ts'

export type DeliveryRecord = Delivery &
  WorkRecord & {
    state: DeliveryState
    /** The revision that was wanted when the present claim began. */
    claimedRevision?: number
  }

/** Null when the destination is already asked for this revision or a newer one, or holds it. */
export function wantDelivery(
  stored: DeliveryRecord | null,
  wanted: WantedDelivery,
  now: number,
): DeliveryRecord | null {
  if (!stored) return newDelivery(wanted, now)
  if (wanted.revision <= stored.revision) return null
  return {
    ...stored,
    ...wanted,
    state: 'pending',
    reason: undefined,
    waitsFor: undefined,
    nextAt: now,
    readyAt: isClaimed(stored, now) ? stored.readyAt : now,
    spent: 0,
    wantedAt: now,
  }
}

const newDelivery = (wanted: WantedDelivery, now: number): DeliveryRecord => ({
  ...wanted,
  state: 'pending',
  confirmedRevision: 0,
  nextAt: now,
  readyAt: now,
  claims: 0,
  spent: 0,
  wantedAt: now,
  uncertain: false,
  attempts: [],
})

export const claimDelivery = (delivery: DeliveryRecord, claim: Claim): DeliveryRecord | null =>
  isClaimable(delivery, claim.now)
    ? {
        ...claimed(delivery, claim),
        ...lapsing(delivery, claim),
        waitsFor: undefined,
        claimedRevision: delivery.revision,
        uncertain: wasLeftUnsettled(delivery),
      }
    : null

/** What is written again because it lapses stays confirmed meanwhile, and has been wanted from now on. */
const lapsing = (
  { state, wantedAt }: DeliveryRecord,
  { now }: Claim,
): Pick<Delivery, 'state' | 'wantedAt'> =>
  state === 'confirmed' ? { state, wantedAt: now } : { state: 'pending', wantedAt }

/** An earlier claim that was never settled leaves nobody knowing how far it got. */
const wasLeftUnsettled = ({ uncertain, claims }: DeliveryRecord): boolean => uncertain || claims > 0

export function settleDelivery(
  delivery: DeliveryRecord,
  token: string,
  outcome: DeliveryOutcome,
): DeliveryRecord | null {
  if (delivery.claimToken !== token) return null
  return outcome.state === 'confirmed' ? confirmed(delivery, outcome) : unconfirmed(delivery, outcome)
}

function confirmed(delivery: DeliveryRecord, outcome: DeliveryOutcome): DeliveryRecord {
  const { attempt } = outcome
  const held = Math.max(delivery.confirmedRevision, outcome.revision ?? delivery.claimedRevision ?? 0)
  return {
    ...free(delivery, outcome),
    ...(delivery.revision > held
      ? { state: 'pending', readyAt: delivery.nextAt }
      : { state: 'confirmed', nextAt: outcome.nextAt ?? delivery.nextAt, readyAt: outcome.nextAt }),
    revision: Math.max(delivery.revision, held),
    confirmedRevision: held,
    confirmedAt: attempt.at + (attempt.ms ?? 0),
    spent: 0,
    uncertain: outcome.uncertain ?? false,
  }
}

function unconfirmed(delivery: DeliveryRecord, outcome: DeliveryOutcome): DeliveryRecord {
  const settled = { ...free(delivery, outcome), uncertain: outcome.uncertain ?? delivery.uncertain }
  // What became of an older revision must neither hold back nor bury the newer one wanted since.
  if (delivery.revision > (delivery.claimedRevision ?? 0))
    return { ...settled, state: 'pending', readyAt: delivery.nextAt }
  const { state, reason, waitsFor, nextAt = delivery.nextAt } = outcome
  return {
    ...settled,
    ...{ state, reason, waitsFor, nextAt },
    readyAt: state === 'pending' ? nextAt : state === 'waiting' ? outcome.nextAt : undefined,
    spent: delivery.spent + (outcome.spend ? 1 : 0),
  }
}

const free = (delivery: DeliveryRecord, { attempt }: DeliveryOutcome): DeliveryRecord => ({
  ...released(delivery, attempt),
  claimedRevision: undefined,
  reason: undefined,
  waitsFor: undefined,
})

export const reopenDelivery = (delivery: DeliveryRecord, now: number): DeliveryRecord | null =>
  isClaimed(delivery, now)
    ? null
    : {
        ...renewed(delivery, now),
        waitsFor: undefined,
        wantedAt: now,
        uncertain: wasLeftUnsettled(delivery),
      }

/** A waiting or held delivery goes on where it was: its budget is not renewed. */
export const wakeDelivery = (delivery: DeliveryRecord, now: number): DeliveryRecord => ({
  ...delivery,
  state: 'pending',
  reason: undefined,
  waitsFor: undefined,
  nextAt: now,
  readyAt: now,
})
