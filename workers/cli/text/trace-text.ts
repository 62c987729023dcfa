import type { traceDocuments } from '../../web/api/trace.ts'
import { ago } from './ago.ts'

type Trace = Awaited<ReturnType<typeof traceDocuments>>['documents'][number]

/** The way of one document, in the order in which it went. */
export function traceText(
  { document, messages, deliveries, links, deadLetters }: Trace,
  now: number,
): string {
  const when = (instant: string | undefined): string =>
    ago(instant === undefined ? undefined : Date.parse(instant), now)
  const arrived = messages
    .toReversed()
    .map(
      ({ id, topic, via, state, reason, receivedAt }) =>
        `  ${when(receivedAt).padEnd(10)}  ${topic} by ${via}: ${state}${reason ? ` (${reason})` : ''}  ${id}`,
    )
  const sent = deliveries.map(({ destination, state, confirmedRevision, revision, reason, attempts }) => {
    const link = links.find(({ connection }) => connection === destination)
    const last = attempts.at(-1)
    return [
      `  ${when(last?.at).padEnd(10)}  ${destination}: ${state}, revision ${confirmedRevision} of ${revision}`,
      reason ? ` (${reason})` : '',
      link ? `, its id there ${link.externalId}` : '',
      attempts.length > 1 ? `, ${attempts.length} attempts` : '',
    ].join('')
  })
  const letters = deadLetters.map(({ id, state, summary }) => `  ${state}: ${summary}  ${id}`)
  return [
    `${document.resource} ${document.number ?? document.externalId} from ${document.connection}, revision ${document.revision}`,
    `  ${document.id}`,
    'arrived',
    ...arrived,
    'sent',
    ...(sent.length > 0 ? sent : ['  nowhere: no flow takes it']),
    ...(letters.length > 0 ? ['dead letters', ...letters] : []),
  ].join('\n')
}
