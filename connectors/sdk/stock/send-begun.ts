import type { PushOperation } from '#core/contracts/connector.ts'
import { asHubError } from '#core/errors/hub-error.ts'

export interface Sendable {
  operation: Pick<PushOperation, 'sending'>
}

/**
 * Sends what several pushes have to say as one call. Whoever may not begin any more (its lease went to another, the
 * process stops) is left out and gets that error. Answers in the order of the items, as `SharedCall.send` gives them.
 */
export async function sendBegun<Item extends Sendable, Result>(
  items: readonly Item[],
  send: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
): Promise<(Result | Error)[]> {
  const late = items.map(lateness)
  const begun = items.filter((_, index) => !late[index])
  const answers = begun.length > 0 ? (await send(begun)).values() : [].values()
  return late.map(error => error ?? (answers.next().value as Result | Error))
}

function lateness({ operation }: Sendable): Error | null {
  try {
    operation.sending()
    return null
  } catch (thrown) {
    return asHubError(thrown)
  }
}
