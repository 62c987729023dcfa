import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import uPlot from 'uplot'
import { formatTime } from '../format.ts'
import { cssColor, useScheme } from './use-scheme.ts'

export interface Line {
  label: string
  /** Name of a CSS variable. */
  color: string
  values: readonly (number | null)[]
  /** Over the whole hour: shown until the pointer asks for a minute. */
  overall: number | null
  /** Filled to the axis. */
  area?: boolean
  dashed?: boolean
}

interface LineChartProps {
  /** What somebody hears who does not see the chart. */
  label: string
  firstMinute: number
  lines: readonly Line[]
  format(value: number): string
  /** The axis reaches at least this far, so that nearly nothing does not look like much. */
  least: number
}

const HEIGHT = 168
const MINUTE_S = 60

/** One value a minute on a common axis, with the numbers of the minute under the pointer in the legend. */
export function LineChart({ label, firstMinute, lines, format, least }: LineChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const scheme = useScheme()
  const [hovered, setHovered] = useState<number | null>(null)
  const count = lines[0]?.values.length ?? 0
  const data = useMemo(
    () =>
      [
        Array.from({ length: count }, (_, i) => firstMinute / 1_000 + i * MINUTE_S),
        ...lines.map(line => [...line.values]),
      ] as uPlot.AlignedData,
    [firstMinute, lines, count],
  )

  // Drawn anew for another scheme only; data comes by setData.
  useEffect(() => {
    const element = box.current
    if (!element) return
    const chart = new uPlot(
      options({ width: element.clientWidth, lines, format, least, onHover: setHovered }),
      data,
      element,
    )
    plot.current = chart
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.destroy()
    }
  }, [scheme])

  useEffect(() => plot.current?.setData(data), [data])

  return (
    <figure class="chart">
      <figcaption class="legend">
        {lines.map(line => (
          <span key={line.label}>
            <i class={line.dashed ? 'dashed' : ''} style={{ borderColor: `var(--${line.color})` }} />
            {line.label} <b>{formatOr(hovered === null ? line.overall : line.values[hovered], format)}</b>
          </span>
        ))}
        <span class="legend-time">
          {hovered === null ? 'last hour' : formatTime(firstMinute + hovered * MINUTE_S * 1_000)}
        </span>
      </figcaption>
      <div ref={box} role="img" aria-label={label} class="plot" />
    </figure>
  )
}

const formatOr = (value: number | null | undefined, format: (value: number) => string) =>
  value === null || value === undefined ? '–' : format(value)

interface PlotOptions {
  width: number
  lines: readonly Line[]
  format(value: number): string
  least: number
  onHover(index: number | null): void
}

function options({ width, lines, format, least, onHover }: PlotOptions): uPlot.Options {
  const font = `11px ${getComputedStyle(document.body).fontFamily}`
  const grid = { stroke: cssColor('grid'), width: 1 }
  const axis: uPlot.Axis = {
    stroke: cssColor('muted'),
    font,
    ticks: { show: false },
    grid,
  }
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    padding: [8, 18, 0, 0],
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: { y: { range: (_, __, max) => [0, Math.max((max ?? 0) * 1.1, least)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 26,
        space: 70,
        values: (_, splits) => splits.map(at => formatTime(at * 1_000)),
      },
      {
        ...axis,
        size: 52,
        space: 34,
        values: (_, splits) =>
          splits.map(value => (Number.isInteger(value) || value > 1 ? format(value) : '')),
      },
    ],
    series: [{}, ...lines.map(series)],
    hooks: { setCursor: [chart => onHover(chart.cursor.idx ?? null)] },
  }
}

const valuesIn = (values: ArrayLike<number | null | undefined> = []): number =>
  Array.from(values).filter(value => value !== null && value !== undefined).length

const series = ({ color, area, dashed }: Line): uPlot.Series => ({
  stroke: cssColor(color),
  width: 1.75,
  fill: area ? `color-mix(in srgb, ${cssColor(color)} 14%, transparent)` : undefined,
  dash: dashed ? [4, 3] : undefined,
  spanGaps: true,
  // A line through one minute is nothing: the first minutes of a hub are dots.
  points: { show: (chart, index) => valuesIn(chart.data[index]) < 3, size: 5 },
})
