import type { Plan } from '../contracts/mapper.ts'
import type { DriftKind } from '../contracts/store.ts'
import { asHubError } from '../errors/hub-error.ts'
import { type HeldFinding, SeriesFindings, seriesOf } from './drift-findings.ts'
import { enumValue, excerpt, safePointer } from './drift-sample.ts'
import { type WriteFindingsDeps, writeFindings } from './write-findings.ts'

/** One difference of one record, as the detector of its mapping tells it. */
export interface FoundDrift {
  kind: DriftKind
  pointer: string
  value: string
  sample: unknown
}

type DetectDrift = (record: unknown) => readonly FoundDrift[]

/** The record's message, connection and mapping. */
export interface DriftSource {
  message: { id: string; topic: string; receivedAt: number }
  connection: { id: string; tenant: string }
  plan: Plan
}

export interface DriftWatchDeps extends WriteFindingsDeps {
  /** Null for a mapping without a source schema. */
  mapper: { driftDetector(plan: Plan): DetectDrift | null }
}

export interface DriftWatch {
  /** Looks at one record of live traffic. Never throws: what it has to say is beside the work. */
  observe(source: DriftSource, record: unknown): void
  /** Writes what was found; after a failure it is kept for the next flush. */
  flush(): Promise<void>
}

/** How live payloads differ from the declared source schemas: counted in memory, written by `flush`. */
export function createDriftWatch(deps: DriftWatchDeps): DriftWatch {
  const { mapper, telemetry } = deps
  const detectors = new WeakMap<Plan, DetectDrift | null>()
  let held = new Map<string, SeriesFindings>()
  let flushing = Promise.resolve()

  const detectorOf = (plan: Plan) => {
    const known = detectors.get(plan)
    if (known !== undefined) return known
    const made = mapper.driftDetector(plan)
    detectors.set(plan, made)
    return made
  }

  const hold = (series: string, findings: readonly HeldFinding[]): void => {
    const target = held.get(series) ?? new SeriesFindings()
    held.set(series, target)
    for (const finding of findings) target.add(finding)
  }

  const writeAll = async (): Promise<void> => {
    const taken = held
    held = new Map()
    let failure: unknown
    for (const [series, findings] of taken)
      try {
        await writeFindings(deps, findings)
      } catch (error) {
        hold(series, findings.all)
        failure = error
      }
    if (failure) throw failure
  }

  return {
    observe(source, record) {
      try {
        const found = detectorOf(source.plan)?.(record)
        if (!found || found.length === 0) return
        hold(
          seriesOf(connectionAndTopic(source)),
          found.map(one => findingOf(source, one)),
        )
      } catch (thrown) {
        detectors.set(source.plan, null)
        const { detail } = asHubError(thrown)
        telemetry.log('error', 'drift is no longer watched', { mapping: source.plan.id, detail })
      }
    },
    flush() {
      flushing = flushing.then(writeAll, writeAll)
      return flushing
    },
  }
}

const connectionAndTopic = ({ connection, message }: DriftSource) => ({
  connection: connection.id,
  topic: message.topic,
})

/** Times are those of receipt: a message translated again changes no “last seen”. */
const findingOf = (source: DriftSource, { kind, pointer, value, sample }: FoundDrift): HeldFinding => ({
  tenant: source.connection.tenant,
  ...connectionAndTopic(source),
  kind,
  pointer: safePointer(pointer),
  value: kind === 'new-value' ? enumValue(value) : value,
  count: 1,
  firstAt: source.message.receivedAt,
  lastAt: source.message.receivedAt,
  sample: excerpt(sample),
  message: source.message.id,
})
