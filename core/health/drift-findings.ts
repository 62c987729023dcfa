import type { DriftFinding, DriftKind } from '../contracts/store.ts'

/** A finding whose sample is still an excerpt of what stood in the payload. */
export type HeldFinding = Omit<DriftFinding, 'sample'> & { sample: unknown }

export const DRIFT_KINDS = [
  'new-field',
  'vanished-field',
  'new-value',
  'type-change',
] as const satisfies readonly DriftKind[]

/** Where findings beyond the bound are counted, one per kind. */
export const REST = '/…'
/** All findings of one connection and topic, those counted together among them: one page of the store. */
export const MOST_FINDINGS = 1_000
const DISTINCT = MOST_FINDINGS - DRIFT_KINDS.length

export const seriesOf = ({ connection, topic }: Pick<DriftFinding, 'connection' | 'topic'>): string =>
  `${connection}\n${topic}`

export const keyOf = ({ kind, pointer, value }: Pick<DriftFinding, 'kind' | 'pointer' | 'value'>): string =>
  `${kind}\n${pointer}\n${value}`

/** Findings of one connection and topic, bounded: what does not fit is counted together. */
export class SeriesFindings {
  readonly #findings = new Map<string, HeldFinding>()

  get all(): HeldFinding[] {
    return [...this.#findings.values()]
  }

  add(finding: HeldFinding): void {
    const key = keyOf(finding)
    const held = this.#findings.get(key)
    if (held) merge(held, finding)
    else if (this.#findings.size < DISTINCT || finding.pointer === REST)
      this.#findings.set(key, { ...finding })
    else this.add(folded(finding))
  }

  /** Folds what is neither known nor fits beside what is. */
  foldedBeside(known: ReadonlySet<string>): HeldFinding[] {
    let free = DISTINCT - known.size
    const fits = new SeriesFindings()
    for (const finding of this.all)
      fits.add(known.has(keyOf(finding)) || free-- > 0 ? finding : folded(finding))
    return fits.all
  }
}

const folded = (finding: HeldFinding): HeldFinding => ({
  ...finding,
  ...{ pointer: REST, value: '', sample: undefined },
})

function merge(held: HeldFinding, { count, firstAt, lastAt, sample, message }: HeldFinding): void {
  held.count += count
  held.firstAt = Math.min(held.firstAt, firstAt)
  if (lastAt < held.lastAt) return
  Object.assign(held, { lastAt, sample, message })
}
