import type { AttemptRecord } from '../contracts/telemetry.ts'
import { type ErrorRow, isErrorCode, REGISTER } from '../errors/register.ts'

/** What an attempt adds to the minute of its series. `received` and `parked` are counted where they happen. */
export type CountName =
  | 'received'
  | 'translated'
  | 'confirmed'
  | 'skipped'
  | 'stale'
  | 'waiting'
  | 'failed'
  | 'refused'
  | 'parked'

const PLAIN: Readonly<Record<string, CountName>> = {
  skipped: 'skipped',
  stale: 'stale',
  waiting: 'waiting',
  held: 'waiting',
}

/** One word for how an attempt ended: a failure is what costs trust, a wait or a skip does not. */
export function countOf({ work, outcome }: Pick<AttemptRecord, 'work' | 'outcome'>): CountName {
  if (outcome === 'done' || outcome === 'confirmed') return work === 'deliver' ? 'confirmed' : 'translated'
  const plain = PLAIN[outcome]
  if (plain) return plain
  if (isIntended(outcome)) return 'waiting'
  const recovery = isErrorCode(outcome) ? REGISTER[outcome].recovery : 'retry'
  if (recovery === 'skip') return 'skipped'
  return recovery === 'wait' ? 'waiting' : 'failed'
}

/** All that an attempt adds to its minute: the word, and what is worth knowing beside it. */
export function countsOf(record: Pick<AttemptRecord, 'work' | 'outcome' | 'reason'>): Record<string, number> {
  const ended = countOf(record)
  if (ended === 'skipped') return { skipped: 1, [skipCount(record)]: 1 }
  return ended === 'failed' && isRefusal(record) ? { failed: 1, refused: 1 } : { [ended]: 1 }
}

/** A refusal is about one document, which waits as a dead letter; it says nothing about the partner's health. */
const isRefusal = ({ outcome }: Pick<AttemptRecord, 'outcome'>): boolean =>
  isErrorCode(outcome) && REGISTER[outcome].recovery === 'park'

/** The reason of a skip as a count of its own: `skipped:TOPIC_IGNORED`. Only codes of the register, so it is bounded. */
function skipCount({ outcome, reason }: Pick<AttemptRecord, 'outcome' | 'reason'>): string {
  const code = [reason, outcome].find(value => value !== undefined && isErrorCode(value))
  return `skipped:${code ?? 'UNNAMED'}`
}

/** What a rule of the operator wants: neither a failure nor parked for one. */
export const isIntended = (code: string | undefined): boolean =>
  code !== undefined && isErrorCode(code) && (REGISTER[code] as ErrorRow).intended === true
