import { formatCount, plural } from '../format.ts'
import { type OfferRow, type StockRow, scaleOf } from './stock-row.ts'

const PLACES = 4

/** What is there, and below it what every channel shows, all to one scale: longer is more. */
export function FigureBars({ row }: { row: StockRow }) {
  const scale = scaleOf(row)
  return (
    <ul class="figure-bars" aria-label={`Figures of ${row.sku}`}>
      <Counted row={row} scale={scale} />
      {row.offers.map(offer => (
        <Offer key={offer.channel} offer={offer} scale={scale} />
      ))}
    </ul>
  )
}

const share = (units: number, scale: number): string => `${(Math.max(0, units) / scale) * 100}%`

function Counted({
  row: { counts, counted, reserved, reservations },
  scale,
}: {
  row: StockRow
  scale: number
}) {
  return (
    <li class="counted">
      <span class="name">Counted</span>
      <span class="track" aria-hidden="true">
        {counts.map(({ source, location, available }, place) => (
          <i
            key={`${source} ${location}`}
            class={`place-${place % PLACES}`}
            style={{ width: share(available, scale) }}
          />
        ))}
        {reserved > 0 && (
          <i
            class="held"
            style={{ left: share(Math.max(0, counted - reserved), scale), width: share(reserved, scale) }}
          />
        )}
      </span>
      <b class="number">{formatCount(counted)}</b>
      <small class={reserved > counted ? 'bad' : ''}>
        {reserved > 0 ? `${formatCount(reserved)} held by ${plural(reservations, 'order')}` : ''}
      </small>
    </li>
  )
}

function Offer({ offer, scale }: { offer: OfferRow; scale: number }) {
  const { channel, wanted, shown, state } = offer
  return (
    <li class={`offer ${state}`}>
      <span class="name" title={channel}>
        {channel}
      </span>
      <span class="track" aria-hidden="true">
        {shown !== null && <i style={{ width: share(shown, scale) }} />}
        {shown !== wanted && <u style={{ left: share(wanted, scale) }} />}
      </span>
      <b class="number">{figureText(offer)}</b>
      <small>{noteOf(offer)}</small>
    </li>
  )
}

/** What it shows; beside it what it ought to, where that differs. */
function figureText({ shown, wanted }: OfferRow): string {
  if (shown === wanted) return formatCount(shown)
  return `${shown === null ? '?' : formatCount(shown)} → ${formatCount(wanted)}`
}

const WORDS = { shown: '', waiting: 'to be written', sending: 'being written', refused: 'refused' } as const

function noteOf({ state, unseen, drift }: OfferRow): string {
  const drifted = drift ? `drifted by ${drift.quantity > 0 ? '+' : '−'}${Math.abs(drift.quantity)}` : ''
  const sold = unseen > 0 ? `${formatCount(unseen)} perhaps sold` : ''
  return [WORDS[state], sold, drifted].filter(Boolean).join(' · ')
}
