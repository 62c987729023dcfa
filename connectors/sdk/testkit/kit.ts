import type { Connector, Manifest } from '#core/contracts/connector.ts'
import type { Plan, RunContext, RunProblem, RunResult } from '#core/contracts/mapper.ts'
import type { Bench } from './bench/bench.ts'
import type { Conformance } from './conformance.ts'

/** What the kit needs of the hub beside the SDK; whoever runs the checks hands it in. */
export interface KitTools {
  readonly mappings: MappingTools
  /** A file of `signatures/` in the fixtures folder; null where the folder is not there. */
  vectors(file: string): readonly unknown[] | null
  /** Today, for the calendar: epoch milliseconds. */
  readonly now: number
}

export interface MappingTools {
  /** The mapping of what comes in under a topic. */
  planFor(connector: string, topic: string): Plan | null
  run(plan: Plan, record: unknown, context: RunContext): RunResult
  /** Schema and invariants of a canonical document. */
  inspect(resource: string, body: Record<string, unknown>): readonly RunProblem[]
  /** What does not compile in the mappings of a connector, one sentence each. */
  problems(connector: string): readonly string[]
  /** The cases beside a mapping; null where there are none. */
  cases(plan: Plan): { count: number; failed: readonly string[] } | null
}

/** One promise of a connector, free of any test runner: a broken one throws an `AssertionError` that says what to do. */
export interface Check {
  readonly name: string
  /** True, or why it does not apply to this partner. */
  applies(kit: Kit): true | string
  /** Gives a reason where it turns out that there was nothing to check. */
  run(kit: Kit): Promise<string | undefined> | Promise<void> | undefined | void
}

export interface CheckGroup {
  readonly name: string
  readonly checks: readonly Check[]
}

/** What a check works with. */
export interface Kit {
  readonly conformance: Conformance
  readonly connector: Connector
  readonly manifest: Manifest
  readonly tools: KitTools
  /** A new one each time; closed when the check is over. */
  open(): Promise<Bench>
}
