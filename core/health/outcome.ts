import type { AttemptRecord } from '../contracts/telemetry.ts'
import { isErrorCode, REGISTER } from '../errors/register.ts'

/** What an attempt adds to the minute of its series. `received` and `parked` are counted where they happen. */
export type CountName =
  | 'received'
  | 'translated'
  | 'confirmed'
  | 'skipped'
  | 'stale'
  | 'waiting'
  | 'failed'
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
  const recovery = isErrorCode(outcome) ? REGISTER[outcome].recovery : 'retry'
  if (recovery === 'skip') return 'skipped'
  return recovery === 'wait' ? 'waiting' : 'failed'
}

/** The reason of a skip as a count of its own: `skipped:TOPIC_IGNORED`. Only codes of the register, so it is bounded. */
export function skipCount({ outcome, reason }: Pick<AttemptRecord, 'outcome' | 'reason'>): string {
  const code = [reason, outcome].find(value => value !== undefined && isErrorCode(value))
  return `skipped:${code ?? 'UNNAMED'}`
}
