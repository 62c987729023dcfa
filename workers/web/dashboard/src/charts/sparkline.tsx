import { formatCount, sum } from '../format.ts'

interface SparklineProps {
  values: readonly number[]
  label: string
  /** Name of a CSS variable, the same as in the throughput chart. */
  color: 'received' | 'confirmed'
}

const WIDTH = 112
const HEIGHT = 24

/** Sixty minutes at a glance, with the rate of the last five whole minutes as a number. */
export function Sparkline({ values, label, color }: SparklineProps) {
  const highest = Math.max(...values, 1)
  const step = WIDTH / (values.length - 1)
  const points = values.map(
    (value, i) => `${(i * step).toFixed(1)},${(HEIGHT - 1 - (value / highest) * (HEIGHT - 3)).toFixed(1)}`,
  )
  const quiet = sum(values) === 0
  return (
    <span class={`spark ${quiet ? 'quiet' : color}`}>
      <svg
        width={WIDTH}
        height={HEIGHT}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${label}: ${formatCount(sum(values))} in the last hour`}
      >
        {!quiet && <polygon points={`0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`} />}
        <polyline points={points.join(' ')} />
      </svg>
      <span class="spark-rate">{rate(values)}</span>
    </span>
  )
}

function rate(values: readonly number[]): string {
  const recent = values.slice(-6, -1)
  // Of a hub that has just begun, the running minute is all there is.
  const perMinute = sum(recent) / Math.max(1, recent.length) || (values.at(-1) ?? 0)
  if (perMinute === 0) return sum(values) === 0 ? 'quiet' : '0/min'
  return perMinute < 1 ? '<1/min' : `${formatCount(perMinute)}/min`
}
