import { useEffect, useState } from 'preact/hooks'
import { get, messageOf, queryOf } from '../api/client.ts'
import type { Trace, TraceAnswer } from '../api/types.ts'
import { Notice } from '../components/notice.tsx'
import { Empty, Panel, Skeleton } from '../components/panel.tsx'
import { TraceSearch } from '../components/trace-search.tsx'
import { formatCount, formatInstant } from '../format.ts'
import { eventsOf } from './events.ts'

type Search =
  | { state: 'idle' | 'searching' }
  | { state: 'found'; traces: Trace[] }
  | { state: 'failed'; error: string }

/** One number, or the document itself, its whole way: message, document, deliveries, attempts, link. */
export function TracePage({ number, document }: { number: string; document: string }) {
  const [search, setSearch] = useState<Search>({ state: 'idle' })

  useEffect(() => {
    if (!number && !document) return setSearch({ state: 'idle' })
    let current = true
    setSearch({ state: 'searching' })
    get<TraceAnswer>(`/trace${queryOf(document ? { document } : { number })}`).then(
      ({ documents }) => current && setSearch({ state: 'found', traces: documents }),
      problem => current && setSearch({ state: 'failed', error: messageOf(problem) }),
    )
    return () => {
      current = false
    }
  }, [number, document])

  return (
    <>
      <div class="page-head">
        <h1>Trace</h1>
        <p>The whole way of one order, from the first byte to the last confirmation.</p>
        <TraceSearch key={number} number={number} />
      </div>
      <div aria-live="polite">
        {search.state === 'searching' && <Skeleton lines={6} height={22} />}
        {search.state === 'failed' && (
          <Notice tone="bad" title="The search failed.">
            {search.error}
          </Notice>
        )}
        {search.state === 'found' && search.traces.length === 0 && <Unknown number={number || document} />}
        {search.state === 'found' &&
          search.traces.map(trace => <Timeline key={trace.document.id} trace={trace} />)}
      </div>
    </>
  )
}

function Timeline({ trace }: { trace: Trace }) {
  const { document, deliveries } = trace
  const states = deliveries.map(delivery => `${delivery.destination}: ${delivery.state}`).join(' · ')
  return (
    <Panel
      id={`trace-${document.id}`}
      title={`${document.resource} ${document.number ?? document.externalId}`}
      aside={states || 'no flow wants it'}
    >
      <p class="trace-facts">
        from {document.connection} · revision {formatCount(document.revision)}
      </p>
      <ol class="timeline">
        {eventsOf(trace).map((event, index) => (
          <li key={index} class={event.tone}>
            <time dateTime={new Date(event.at).toISOString()}>{formatInstant(event.at)}</time>
            <div>
              <strong>{event.title}</strong>
              {event.detail && <p>{event.detail}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Unknown({ number }: { number: string }) {
  return (
    <Empty title={`Nothing is known under “${number}”.`}>
      <p>
        Numbers are matched as the channel writes them, with or without a leading #. What has not been
        translated yet has no number.
      </p>
    </Empty>
  )
}
