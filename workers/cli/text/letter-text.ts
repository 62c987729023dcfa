import type { PayloadView } from '#core/deadletter/payload.ts'
import type { LetterView } from '#core/deadletter/show.ts'
import { ago } from './ago.ts'
import { attemptsText } from './attempts-text.ts'
import { blocks, facts, indented } from './facts.ts'

/** All that is needed to decide: what happened, what to do, the tries, the payload. */
export function letterText(
  { letter, fix, cause, message, delivery, payload }: LetterView,
  now: number,
): string {
  return blocks(
    letter.summary,
    facts({
      'dead letter': letter.id,
      state: letter.closeReason ? `${letter.state}: ${letter.closeReason}` : letter.state,
      code: letter.code,
      fix,
      connection: letter.connection,
      [letter.kind]: letter.subject,
      topic: letter.topic,
      document: letter.document ?? delivery?.document,
      cause: cause && `${cause.cause} (${cause.open} open): ${cause.title}`,
      rule: letter.rule,
      owner: letter.owner && `${letter.owner}${letter.escalatedAt ? ' (escalated)' : ''}`,
      due: letter.dueAt && ago(letter.dueAt, now),
      parked: `${letter.times} ×, last ${ago(letter.at, now)}`,
    }),
    attemptsText((message ?? delivery)?.attempts ?? [], now),
    payload && `payload (${payload.bytes} bytes)\n${indented(payloadText(payload))}`,
  )
}

/** JSON is set out; everything else stays as it came. */
export function payloadText({ text, encoding }: PayloadView): string {
  if (text === null) return '(hidden)'
  if (encoding === 'base64') return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
