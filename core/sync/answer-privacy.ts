import type { Erase, ErasureReport } from '../accounts/privacy/erase.ts'
import { countedBy } from '../accounts/privacy/erase.ts'
import type { PrivacyRequest } from '../contracts/connector.ts'
import type { Message, Store } from '../contracts/store.ts'
import type { Park } from '../deadletter/park.ts'
import { HubError } from '../errors/hub-error.ts'
import { type ErrorCode, isErrorCode } from '../errors/register.ts'
import type { Clock } from '../kernel/clock.ts'
import { deadLetterId } from '../kernel/ids.ts'
import type { Probe } from '../kernel/probe.ts'
import type { Ended } from './translate.ts'

export interface AnswerPrivacyDeps {
  store: Store
  clock: Clock
  erase: Erase
  park: Park
  probe: Probe
  leaseMs: number
}

/** The message is the work: it stays pending until all is done, and does what is left when it is called again. */
export type AnswerPrivacy = (message: Message, request: PrivacyRequest, detail: string) => Promise<Ended>

const SYSTEM = { id: 'system' }
/** Of the lease, so that nobody else begins meanwhile. */
const SHARE = 3
const DAY_MS = 86_400_000

export const createAnswerPrivacy =
  (deps: AnswerPrivacyDeps): AnswerPrivacy =>
  async (message, request, detail) => {
    const { clock, store } = deps
    if (request.act === 'hand-over')
      throw new HubError('PRIVACY_REQUEST', {
        detail: `${detail} By ${dueOf(message, request)}.`,
        fingerprint: message.topic,
      })
    const until = clock.now() + deps.leaseMs / SHARE
    const { id, connection, tenant, receivedAt } = message
    const outcome = await deps.erase({
      whom: { connection, tenant, person: request.person },
      ...{ by: id, at: receivedAt, actor: SYSTEM },
      goOn: () => clock.now() < until,
    })
    if (outcome.next === 'again') return { state: 'pending', nextAt: outcome.nextAt, documents: [] }
    const ended = await endedWith(deps, message, { ...outcome.report, due: dueOf(message, request) })
    // Last, because it names the person and says what there is to do.
    await store.erasure.erase('message', id, { at: clock.now(), by: id })
    await deps.probe('privacy:forgotten', id)
    await store.erasure.scrub()
    return ended
  }

export const dueOf = ({ receivedAt }: Pick<Message, 'receivedAt'>, { days }: Pick<PrivacyRequest, 'days'>) =>
  new Date(receivedAt + days * DAY_MS).toISOString().slice(0, 10)

/** Other systems are not the hub's to erase: a human is told where copies are. */
async function endedWith(
  deps: AnswerPrivacyDeps,
  message: Message,
  report: ErasureReport & { due: string },
): Promise<Ended> {
  const { documents, messages, copies } = report
  const detail = `Erased: ${documents} documents, ${messages} messages.`
  if (copies.length === 0) return { state: 'done', detail, documents: [] }
  const { id: subject, tenant, connection, topic } = message
  const error = new HubError('ERASE_COPIES', {
    detail: `${copiesText(report)} By ${report.due}.`,
    fingerprint: topic,
  })
  await deps.park({ kind: 'message', subject, tenant, connection, topic, error })
  return { state: 'dead', reason: error.code, detail, documents: [] }
}

const MOST_NAMED = 5

function copiesText({ copies }: ErasureReport): string {
  const named = Object.entries(countedBy(copies)).map(([destination, count]) => {
    const ids = copies.filter(({ connection }) => connection === destination).map(one => one.externalId)
    const more = count > MOST_NAMED ? ` and ${count - MOST_NAMED} more` : ''
    return `${destination} (${ids.slice(0, MOST_NAMED).join(', ')}${more})`
  })
  return `${named.join('; ')}.`
}

/**
 * A message whose payload is gone: its person was erased; or it is the request itself, and the process died, or a human
 * asked again, when all was done.
 */
export async function endedBefore(store: Store, { id, erased }: Message): Promise<Ended> {
  if (erased?.by !== id) return { state: 'skipped', reason: 'ERASED', documents: [] }
  await store.erasure.scrub()
  const letter = await store.deadLetters.get(deadLetterId('message', id))
  if (letter?.state !== 'open') return { state: 'done', documents: [] }
  return { state: 'dead', reason: codeOf(letter.code), documents: [] }
}

const codeOf = (code: string): ErrorCode => (isErrorCode(code) ? code : 'ERASE_COPIES')
