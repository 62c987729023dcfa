import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import { formatAge, formatCount, plural } from '../format.ts'

/** Where everything is. The six numbers are the accounting of the hub, not a selection. */
export function TotalsStrip({ snapshot }: { snapshot: HealthSnapshot }) {
  const { totals, accounting, generatedAt } = snapshot
  const oldest = totals.oldestPendingAt
  return (
    <dl class="totals">
      <Total
        name="Received"
        count={totals.received}
        note={endedOtherwise(accounting)}
        title={skipReasons(accounting)}
      />
      <Total
        name="Documents"
        count={totals.documents}
        note={`${formatCount(accounting.done)} messages done`}
      />
      <Total name="Confirmed" count={totals.confirmed} note="held by their destination" />
      <Total
        name="Pending"
        count={totals.pending}
        note={oldest === null ? 'nothing waits' : `oldest ${formatAge(oldest, generatedAt)}`}
      />
      <Total
        name="Dead letters"
        count={totals.deadLetters}
        tone={totals.deadLetters > 0 ? 'warn' : undefined}
        note={lettersNote(snapshot)}
      />
      <Total
        name="Lost"
        count={totals.lost}
        tone={totals.lost > 0 ? 'bad' : 'ok'}
        note={totals.lost > 0 ? 'report this' : 'all accounted for'}
      />
    </dl>
  )
}

interface TotalProps {
  name: string
  count: number
  note: string
  title?: string
  tone?: 'ok' | 'warn' | 'bad'
}

function Total({ name, count, note, title, tone }: TotalProps) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd class={`number ${tone ?? ''}`} data-total={name}>
        {formatCount(count)}
      </dd>
      <dd class="note">{note}</dd>
    </div>
  )
}

function lettersNote({ totals, causes, orders }: HealthSnapshot): string {
  if (totals.deadLetters === 0) return 'nothing to decide'
  const held = orders.held > 0 ? ` · ${plural(orders.held, 'held order')}` : ''
  // The snapshot carries no more than these.
  const count = causes.length < 20 ? plural(causes.length, 'cause') : '20 causes or more'
  return `${count}${held}`
}

function endedOtherwise({ skipped, stale, discarded }: HealthSnapshot['accounting']): string {
  const parts = [
    skipped > 0 && `${formatCount(skipped)} skipped`,
    stale > 0 && `${formatCount(stale)} stale`,
    discarded > 0 && `${formatCount(discarded)} discarded`,
  ].filter(Boolean)
  return parts.length === 0 ? 'messages' : parts.join(' · ')
}

function skipReasons({ skippedBy }: HealthSnapshot['accounting']): string | undefined {
  const reasons = Object.entries(skippedBy).toSorted(([, a], [, b]) => b - a)
  if (reasons.length === 0) return undefined
  return `Skipped in the last hour: ${reasons.map(([code, count]) => `${code} ${formatCount(count)}`).join(', ')}`
}
