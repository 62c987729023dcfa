import type { Principal } from '../accounts/roles.ts'
import type { DeadLetter } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { noteRelease } from './releases.ts'
import { type Replayed, replayLetter } from './replay.ts'
import type { SubjectDeps } from './subject.ts'

/**
 * Lets a held order pass the rule that holds it, this one rule and from now on, and sends it on its way. With `expected`:
 * only if it is that rule; the order may have changed since somebody looked. The release is
 * kept before the delivery is asked again: a process that dies in between leaves an open letter whose release is free to repeat.
 */
export async function releaseLetter(
  deps: SubjectDeps,
  letter: DeadLetter,
  { actor, expected }: { actor: Principal; expected: string | undefined },
): Promise<{ rule: string; result: Replayed }> {
  const { rule, subject, state } = letter
  if (letter.code !== 'ORDER_HELD' || rule === undefined)
    throw new HubError('STATE_CONFLICT', { detail: 'No rule holds it: it can be replayed or discarded.' })
  if (state === 'resolved' || state === 'discarded')
    throw new HubError('STATE_CONFLICT', { detail: `The dead letter is ${state}.` })
  if (expected !== undefined && expected !== rule)
    throw new HubError('STATE_CONFLICT', {
      detail: `By now the rule “${rule}” holds it, not “${expected}”.`,
    })
  const at = deps.clock.now()
  await noteRelease(deps.store, { delivery: subject, rule, by: actor.id, at })
  return { rule, result: await replayLetter(deps, letter, { actor, at }) }
}
