import type { AttemptRow, Trace } from '../api/types.ts'
import { messageOfCode } from '../dead-letters/register.ts'
import { formatBytes, formatDuration, timeOf } from '../format.ts'

export interface TraceEvent {
  at: number
  tone: 'plain' | 'ok' | 'warn' | 'bad'
  title: string
  detail: string
}

/** Everything that happened to a document, oldest first. */
export function eventsOf({ document, messages, deliveries, links, deadLetters }: Trace): TraceEvent[] {
  const { resource, number, externalId, mapping } = document
  const events: TraceEvent[] = [
    ...messages.flatMap(({ receivedAt, topic, connection, via, bytes, attempts }) => [
      event(receivedAt, 'plain', `Received ${topic} from ${connection}`, via + sizeOf(bytes)),
      ...attempts.map(attempt => attemptEvent(attempt, { done: 'Translated', failed: 'Not translated' })),
    ]),
    event(
      document.createdAt,
      'plain',
      `Became ${resource} ${number ?? externalId}`,
      `by ${mapping.id}, version ${mapping.version}`,
    ),
    ...deliveries.flatMap(({ attempts, destination }) =>
      attempts.map(attempt =>
        attemptEvent(attempt, { done: `Confirmed by ${destination}`, failed: `Not taken by ${destination}` }),
      ),
    ),
    ...links.map(link =>
      event(link.createdAt, 'ok', `Known at ${link.connection} as ${link.externalId}`, ''),
    ),
    ...deadLetters.map(letter => event(letter.openedAt, 'bad', 'Became a dead letter', letter.summary)),
  ]
  return events.toSorted((a, b) => a.at - b.at)
}

const event = (at: string, tone: TraceEvent['tone'], title: string, detail: string): TraceEvent => ({
  at: timeOf(at),
  tone,
  title,
  detail,
})

const sizeOf = (bytes: number | undefined): string => (bytes === undefined ? '' : ` · ${formatBytes(bytes)}`)

/** Many a detail names the status itself. */
const statusText = (status: number | undefined, detail = ''): string | false =>
  status !== undefined && !detail.includes(String(status)) && `HTTP ${status}`

const GOOD = new Set(['done', 'confirmed'])
const UNDECIDED = new Set(['waiting', 'held'])

/** Ended for good, and nothing is wrong. */
const SETTLED: Record<string, string> = {
  stale: 'Left out: a newer revision was here before it',
  skipped: 'Skipped',
  discarded: 'Discarded',
}

/** An attempt stands where it ended, so that what it caused comes after it. */
function attemptEvent(
  { at, ms, outcome = '', detail, status }: AttemptRow,
  words: { done: string; failed: string },
): TraceEvent {
  const facts = [detail, statusText(status, detail), ms !== undefined && `took ${formatDuration(ms)}`]
  const ended = { at: timeOf(at) + (ms ?? 0), detail: facts.filter(Boolean).join(' · ') }
  if (GOOD.has(outcome)) return { ...ended, tone: 'ok', title: words.done }
  const settled = SETTLED[outcome]
  if (settled) return { ...ended, tone: 'plain', title: settled }
  if (UNDECIDED.has(outcome)) return { ...ended, tone: 'warn', title: `${words.failed} yet: ${outcome}` }
  const why = outcome ? messageOfCode(outcome) : 'The attempt never ended.'
  return { ...ended, tone: 'bad', title: `${words.failed}: ${why}` }
}
