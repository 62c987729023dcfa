import type { LiveConnection } from '../accounts/directory.ts'
import type { Connector } from '../contracts/connector.ts'
import type { Delivery } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { manifestFor } from '../kernel/manifest-for.ts'

export type Pusher = Connector & { push: NonNullable<Connector['push']> }

/** The destination's connector, if it can be written to. */
export function connectorOf(
  connectors: ReadonlyMap<string, Connector>,
  delivery: Delivery,
  destination: LiveConnection | null,
): Pusher {
  if (!destination)
    throw new HubError('DESTINATION_UNSUPPORTED', {
      detail: `There is no connection “${delivery.destination}”.`,
    })
  const connector = connectors.get(destination.connector)
  if (!connector?.push || !manifestFor(connector.manifest, destination).pushes?.[delivery.resource])
    throw new HubError('DESTINATION_UNSUPPORTED', {
      detail: `${destination.connector} takes no ${delivery.resource}.`,
    })
  return connector as Pusher
}

/**
 * Why nothing may be sent to it now, or null. What people decided, or an earlier refusal: no news of the partner, and it
 * must not be taken for that, because what this process knows of the connection may be a second old.
 */
export function restOf({ state, stateReason = '' }: LiveConnection): HubError | null {
  if (state === 'paused') return new HubError('CONNECTION_PAUSED')
  return state === 'unauthorized' ? new HubError('UNAUTHORIZED', { detail: stateReason }) : null
}
