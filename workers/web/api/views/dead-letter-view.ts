import type { Cause, DeadLetter } from '#core/contracts/store.ts'
import { isErrorCode, REGISTER } from '#core/errors/register.ts'
import { withInstants } from '../times.ts'

export const deadLetterView = (letter: DeadLetter) =>
  withInstants(letter, 'at', 'openedAt', 'closedAt', 'dueAt', 'escalatedAt')

/** With the register's advice and whose turn it is. */
export function causeView(cause: Cause) {
  const row = isErrorCode(cause.code) ? REGISTER[cause.code] : undefined
  return {
    id: cause.cause,
    ...withInstants(cause, 'firstAt', 'lastAt'),
    fault: row?.fault ?? null,
    fix: row?.fix ?? null,
  }
}
