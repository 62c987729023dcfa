import type { Attempt, Delivery, DeliveryOutcome } from '../contracts/store.ts'
import type { Telemetry } from '../contracts/telemetry.ts'
import type { Clock } from '../kernel/clock.ts'

export interface TriedDelivery {
  /** As it was claimed. */
  delivery: Delivery
  outcome: DeliveryOutcome
  /** Document revision handled. */
  revision?: number
  /** How far it got, where the outcome does not tell. */
  phase: NonNullable<Attempt['phase']>
}

/** The one record of an attempt. */
export function reportDelivery(
  { telemetry, clock }: { telemetry: Telemetry; clock: Clock },
  { delivery, outcome, revision, phase }: TriedDelivery,
): void {
  const { attempt } = outcome
  const confirmed = outcome.state === 'confirmed'
  // What is written again because it lapses has long been there.
  const isNews = delivery.state !== 'confirmed'
  telemetry.attempt({
    work: 'deliver',
    id: delivery.id,
    tenant: delivery.tenant,
    connection: delivery.destination,
    flow: delivery.flow,
    resource: delivery.resource,
    document: delivery.document,
    revision,
    phase: attempt.phase ?? phase,
    outcome: confirmed ? 'done' : (attempt.outcome ?? outcome.state),
    detail: attempt.detail,
    status: attempt.status,
    ms: attempt.ms ?? 0,
    latencyMs: confirmed && isNews ? clock.now() - delivery.receivedAt : undefined,
    n: delivery.attempts.length,
  })
}
