import type { Directory } from '../accounts/directory.ts'
import type { DeadLetter, NewDeadLetter, Resource, Store } from '../contracts/store.ts'
import type { Telemetry } from '../contracts/telemetry.ts'
import type { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'
import { deadLetterId } from '../kernel/ids.ts'
import { fingerprint } from './cause.ts'
import { maskText } from './mask.ts'

export interface Parked {
  kind: 'message' | 'delivery'
  /** Message id or delivery id. */
  subject: string
  tenant: string
  /** Where it went wrong: the source connection of a message, the destination of a delivery. */
  connection: string
  /** Found through the directory unless given. */
  connector?: string
  resource?: Resource
  topic?: string
  document?: string
  error: HubError
  /** JSON pointer of the problem; the error's own fingerprint unless given. */
  pointer?: string
}

/** Opens the dead letter of a message or delivery, or recounts the one it has. Safe to repeat. */
export type Park = (parked: Parked) => Promise<DeadLetter>

export interface ParkDeps {
  store: Pick<Store, 'deadLetters'>
  telemetry: Telemetry
  clock: Clock
  directory: Pick<Directory, 'get'>
}

export function createPark({ store, telemetry, clock, directory }: ParkDeps): Park {
  return async parked => {
    const { kind, subject, tenant, connection, resource, topic, document, error } = parked
    const connector = parked.connector ?? (await directory.get(connection))?.connector ?? connection
    const detail = maskText(error.detail)
    const pointer = parked.pointer ?? error.fingerprint
    const { cause, title } = fingerprint({
      code: error.code,
      connector,
      connection,
      resource,
      topic,
      pointer,
      detail,
    })
    const at = clock.now()
    const letter = await store.deadLetters.open({
      ...ownedBy(error, at),
      id: deadLetterId(kind, subject),
      ...{ kind, subject, tenant, connection, resource, topic, document },
      code: error.code,
      ...{ cause, title },
      summary: maskText(error.message).slice(0, 500),
      at,
    })
    telemetry.count('dead_letters_total', { connection, code: error.code })
    telemetry.log('warn', 'dead letter opened', {
      id: letter.id,
      code: error.code,
      kind,
      connection,
      cause,
      times: letter.times,
    })
    return letter
  }
}

function ownedBy(
  { hold }: HubError,
  now: number,
): Pick<NewDeadLetter, 'rule' | 'owner' | 'dueAt' | 'escalateTo'> {
  if (!hold) return {}
  const { rule, owner, dueMs, escalateTo } = hold
  return { rule, owner, dueAt: now + dueMs, ...(escalateTo === undefined ? {} : { escalateTo }) }
}
