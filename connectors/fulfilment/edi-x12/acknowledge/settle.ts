import type { X12Interchange, X12Segment } from '../../../sdk/index.ts'
import type { SentState } from '../state/sent.ts'

/** What a 997 or 999 says of one group of ours. */
export interface GroupWord {
  /** AK102: GS06 of what we sent. */
  control: string
  /** AK901: A, E, P, R … */
  word: string
  /** Sets that are not accepted, with their codes; segments and positions, no data. */
  details: readonly string[]
}

/** Reads AK1 to AK9 of a set. A set without AK9 says nothing. */
export function groupWord(segments: readonly X12Segment[]): GroupWord | null {
  const ak1 = segments.find(({ id }) => id === 'AK1')
  const ak9 = segments.find(({ id }) => id === 'AK9')
  if (!ak1 || !ak9) return null
  return {
    control: (ak1.elements[1] ?? '').trim(),
    word: (ak9.elements[0] ?? '').trim(),
    details: segments.flatMap(detailOf),
  }
}

function detailOf({ id, elements }: X12Segment): string[] {
  const codes = elements.map(element => element.trim())
  if (id === 'AK2') return [`set ${safe(codes[0])} ${safe(codes[1])}`]
  if (id === 'AK3' || id === 'IK3')
    return [`${safe(codes[0])} at ${safe(codes[1])}: ${safe(codes[3]) || 'error'}`]
  if (id === 'AK4' || id === 'IK4') return [`element ${safe(codes[0])}: ${safe(codes[2])}`]
  if ((id === 'AK5' || id === 'IK5') && codes[0] !== 'A')
    return [`${codes.filter(Boolean).map(safe).join(' ')}`]
  return []
}

/** AK4 repeats the data it complains about: only codes and numbers go on. */
const safe = (value = ''): string => (/^[A-Z0-9:^]{1,12}$/i.test(value) ? value : '')

/** Accepted, or accepted with errors that were noted. */
export const isAccepted = (word: string): boolean => word === 'A' || word === 'E'

/** Ends the waiting for every group that the partner has spoken about. */
export async function settleWaiting({ groups }: X12Interchange, state: SentState): Promise<void> {
  const sets = groups.filter(({ code }) => code === 'FA').flatMap(group => group.sets)
  for (const { segments } of sets) {
    const said = groupWord(segments)
    const control = Number(said?.control)
    if (!said || !Number.isInteger(control)) continue
    const one = await state.find(control)
    if (one?.state === 'sent')
      await state.put({ ...one, state: isAccepted(said.word) ? 'acknowledged' : 'rejected' })
    await state.settle(control)
  }
}
