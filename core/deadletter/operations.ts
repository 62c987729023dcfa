import type { RecordAct } from '../accounts/audit.ts'
import { type Principal, sees } from '../accounts/roles.ts'
import type { DeadLetter, DeadLetterFilter } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { deadLetterId } from '../kernel/ids.ts'
import { editTable, type TableEdit } from './edit-table.ts'
import type { Mask } from './mask.ts'
import { releaseLetter } from './release.ts'
import { type Replayed, replayLetter, taken } from './replay.ts'
import { type ReplayOptions, type ReplayReport, replayWhere } from './replay-where.ts'
import { resolveBySuccess } from './resolve.ts'
import { type SettleDeps, settleDead } from './settle-dead.ts'
import { type LetterView, showLetter } from './show.ts'
import { type Kind, letterFor, reopen, subjectOf, wake } from './subject.ts'

export interface OperationsDeps extends SettleDeps {
  mask: Mask
  record: RecordAct
  /** Bound of an edited payload. */
  maxBodyBytes: number
  /** Lets the directory of this process forget a changed connection. */
  refresh(connection: string): void
}

/** What people do about dead letters. Every act is audited and safe to repeat; another tenant's letter is not there. */
export interface DeadLetterOperations {
  show(id: string, actor: Principal): Promise<LetterView>
  replay(id: string, actor: Principal): Promise<Replayed>
  /** A message or delivery by its own id, with a letter or without. */
  replaySubject(kind: Kind, id: string, actor: Principal): Promise<Replayed>
  replayWhere(
    filter: Omit<DeadLetterFilter, 'state'>,
    actor: Principal,
    options?: ReplayOptions,
  ): Promise<ReplayReport>
  /** Message letters only: translates the edited bytes from now on; what was received stays. */
  editPayload(id: string, body: Buffer, actor: Principal): Promise<Replayed>
  editTable(edit: TableEdit, actor: Principal): Promise<void>
  discard(id: string, reason: string, actor: Principal): Promise<void>
  /** Of a held order only: the rule that holds it, the one told if any, lets it pass from now on, whatever its revision. */
  release(id: string, decision: { reason: string; rule?: string }, actor: Principal): Promise<Replayed>
  resolveBySuccess(kind: Kind, subject: string): Promise<boolean>
}

export function createDeadLetterOperations(deps: OperationsDeps): DeadLetterOperations {
  const { store, clock, record } = deps

  const replay = async (letter: DeadLetter, actor: Principal): Promise<Replayed> => {
    const replayed = await replayLetter(deps, letter, { actor, at: clock.now() })
    await record(actor, {
      action: 'dead-letter.replay',
      subject: letter.id,
      detail: { code: letter.code, result: replayed },
    })
    return replayed
  }

  return {
    show: (id, actor) => showLetter(deps, id, actor),
    replay: async (id, actor) => replay(await letterFor(store, id, actor), actor),

    async replaySubject(kind, id, actor) {
      const letter = await store.deadLetters.get(deadLetterId(kind, id))
      if (letter?.state === 'open' && sees(actor, letter)) return replay(letter, actor)
      const subject = await subjectOf(store, kind, id)
      if (!subject || !sees(actor, subject))
        throw new HubError('NOT_FOUND', { detail: `There is no ${kind} “${id}”.` })
      const at = clock.now()
      if (!(await reopen(store, { kind, id, at }))) throw taken(kind)
      await wake(deps, { kind, id, at })
      await record(actor, { action: `${kind}.replay`, subject: id })
      return 'replayed'
    },

    async replayWhere(filter, actor, options = {}) {
      const report = await replayWhere(deps, filter, { ...options, actor })
      if (!options.dryRun)
        await record(actor, {
          action: 'dead-letter.replay-many',
          subject: filter.cause ?? 'filter',
          detail: { filter, ...report },
        })
      return report
    },

    async editPayload(id, body, actor) {
      const letter = await letterFor(store, id, actor)
      checkEdit(letter, body, deps.maxBodyBytes)
      const edit = { body, by: actor.id }
      const replayed = await replayLetter(deps, letter, { actor, at: clock.now(), edit })
      await record(actor, {
        action: 'dead-letter.edit',
        subject: id,
        detail: { code: letter.code, bytes: body.length, result: replayed },
      })
      return replayed
    },

    async editTable(edit, actor) {
      await editTable(deps, edit, actor)
      const { connection, ...detail } = edit
      await record(actor, { action: 'table.edit', subject: connection, detail })
    },

    async discard(id, reason, actor) {
      const letter = await letterFor(store, id, actor)
      if (letter.state === 'discarded') return
      const why = given(reason)
      if (
        letter.state === 'resolved' ||
        !(await settleDead(deps, letter, { state: 'discarded', detail: why.slice(0, 500) }))
      )
        throw new HubError('STATE_CONFLICT', { detail: `The ${letter.kind} is not dead any more.` })
      await store.deadLetters.close(id, 'discarded', actor.id, clock.now(), why)
      await record(actor, {
        action: 'dead-letter.discard',
        subject: id,
        detail: { code: letter.code, reason: why },
      })
    },

    async release(id, { reason, rule: expected }, actor) {
      const why = given(reason)
      const letter = await letterFor(store, id, actor)
      const { rule, result } = await releaseLetter(deps, letter, { actor, expected })
      await record(actor, {
        action: 'dead-letter.release',
        subject: id,
        detail: { rule, delivery: letter.subject, reason: why, result },
      })
      return result
    },

    resolveBySuccess: (kind, subject) => resolveBySuccess(deps, kind, subject),
  }
}

function given(reason: string): string {
  const why = reason.trim()
  if (!why) throw new HubError('INPUT_INVALID', { detail: 'A reason is required.' })
  return why
}

function checkEdit(letter: DeadLetter, body: Buffer, maxBodyBytes: number): void {
  if (letter.kind !== 'message')
    throw new HubError('STATE_CONFLICT', { detail: 'Only the payload of a message can be edited.' })
  if (body.length === 0) throw new HubError('INPUT_INVALID', { detail: 'The payload is empty.' })
  if (body.length > maxBodyBytes)
    throw new HubError('BODY_TOO_LARGE', { detail: `The bound is ${maxBodyBytes} bytes.` })
}
