import type { Plan } from '../contracts/mapper.ts'
import { type Interpreted, interpret } from './interpret.ts'
import {
  type Comparison,
  ending,
  NO_WRITE,
  noteFailing,
  noteLost,
  noteMade,
  type Pair,
  rowOf,
  type Shadowed,
} from './shadow-notes.ts'

/** Runs a message through both mappings and notes what translating it again would do to what is stored. */
export async function compareMessage(comparison: Comparison, shadowed: Shadowed): Promise<void> {
  const after = outcomesOf(comparison, shadowed, shadowed.after)
  if (shadowed.before === 'stored') return compareWithStored(comparison, shadowed, after)
  const before = outcomesOf(comparison, shadowed, shadowed.before)
  for (const at of shadowed.records.keys())
    await compareRecord(comparison, shadowed, { before: before[at]!, after: after[at]!, at })
}

/** What held before is not there to be run; what it made of the message is. */
async function compareWithStored(
  comparison: Comparison,
  shadowed: Shadowed,
  outcomes: readonly Interpreted[],
): Promise<void> {
  const { store, tally } = comparison
  const { message } = shadowed
  const before = recordedOutcome(message)
  for (const [at, after] of outcomes.entries()) {
    if (after.outcome === 'document') await noteMade(comparison, { before: null, after })
    else if (before) noteFailing(comparison, shadowed, { before, after, at })
  }
  const made = new Set(outcomes.map(idOf))
  const after = outcomes.find(one => one.outcome === 'problems') ?? outcomes[0]
  for (const id of after ? message.documents : []) {
    const stored = made.has(id) ? null : await store.documents.get(id)
    if (stored?.message === message.id && !tally.standing(id))
      tally.change(id, stored, { ...rowOf(stored), ...ending(after!), ...NO_WRITE })
  }
}

function recordedOutcome({ state, reason }: Shadowed['message']): Interpreted | null {
  if (state === 'skipped') return { outcome: 'skipped', reason: reason ?? '' }
  return state === 'dead' ? { outcome: 'problems', problems: [] } : null
}

function outcomesOf(deps: Comparison, shadowed: Shadowed, plan: Plan | undefined): Interpreted[] {
  const { message, connection, records } = shadowed
  if (!plan) return records.map(() => ({ outcome: 'skipped', reason: 'TOPIC_IGNORED' }))
  const outcomes = records.map(record => interpret(deps, { message, connection, plan }, record))
  const failing = outcomes.find(one => one.outcome === 'problems')
  return failing ? outcomes.map(one => blockedBy(failing, one)) : outcomes
}

/** One record with a problem parks its message, so that the others land no more than it does. */
const blockedBy = (failing: Extract<Interpreted, { outcome: 'problems' }>, one: Interpreted): Interpreted =>
  one.outcome === 'document' ? { ...failing, document: one.candidate.id } : one

async function compareRecord(
  comparison: Comparison,
  shadowed: Shadowed,
  { before, after, at }: Pair & { at: number },
): Promise<void> {
  if (before.outcome === 'document' && idOf(after) !== before.candidate.id)
    await noteLost(comparison, { before, after })
  else if (before.outcome !== 'document' && after.outcome !== 'document')
    noteFailing(comparison, shadowed, { before, after, at })
  if (after.outcome === 'document') await noteMade(comparison, { before, after })
}

const idOf = (one: Interpreted): string | null => (one.outcome === 'document' ? one.candidate.id : null)
