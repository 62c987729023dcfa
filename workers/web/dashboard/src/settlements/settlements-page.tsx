import { useState } from 'preact/hooks'
import { queryOf } from '../api/client.ts'
import type { List } from '../api/types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Notice } from '../components/notice.tsx'
import { Empty, Panel, Skeleton } from '../components/panel.tsx'
import { plural } from '../format.ts'
import { Payout, type PayoutRow } from './payout.tsx'

const PAGE = 10

/** What channels paid out, tied to the orders it is for. */
export function SettlementsPage() {
  const [after, setAfter] = useState<string | undefined>()
  const { value, error } = useAnswer<List<PayoutRow>>(`/settlements${queryOf({ after, limit: PAGE })}`)
  return (
    <>
      <div class="page-head">
        <h1>Settlements</h1>
        <p>
          What each channel paid out, line by line against its orders and refunds. What nothing explains is
          named to the cent.
        </p>
      </div>
      {error && (
        <Notice tone="bad" title="Settlements cannot be shown.">
          {error}
        </Notice>
      )}
      {!value && !error && (
        <Panel id="settlements-loading" title="Payouts">
          <Skeleton lines={6} height={22} />
        </Panel>
      )}
      {value?.items.length === 0 && (
        <Panel id="settlements-none" title="Payouts">
          <Empty title="No payout has arrived yet.">
            <p>Settlement reports of connected channels appear here, matched to their orders.</p>
          </Empty>
        </Panel>
      )}
      {value?.items.map(payout => (
        <Payout key={payout.id} payout={payout} />
      ))}
      {value && (value.next || after) && (
        <nav class="pages" aria-label="Pages of payouts">
          <span class="fine">
            {value.items.length} of {plural(value.total, 'payout')}, newest first
          </span>
          {after && (
            <button type="button" onClick={() => setAfter(undefined)}>
              Newest payouts
            </button>
          )}
          {value.next && (
            <button type="button" onClick={() => setAfter(value.next ?? undefined)}>
              Earlier payouts
            </button>
          )}
        </nav>
      )}
    </>
  )
}
