import type { Message } from '../contracts/store.ts'
import { isErrorCode, REGISTER } from '../errors/register.ts'

const READ: readonly string[] = ['done', 'skipped', 'stale']

/**
 * Whether the records are read for the first time and as the partner sent them: what an operator wrote says nothing about
 * the partner, and a replay nothing new. Attempts that ended before the records were there do not count.
 */
export const isFirstReading = ({ edited, attempts }: Pick<Message, 'edited' | 'attempts'>): boolean =>
  !edited && !attempts.some(({ outcome }) => outcome !== undefined && endedReading(outcome))

const endedReading = (outcome: string): boolean =>
  READ.includes(outcome) || (isErrorCode(outcome) && REGISTER[outcome].fault === 'data')
