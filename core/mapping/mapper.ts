import { isDeepStrictEqual } from 'node:util'
import type { JsonSchema } from '../contracts/connector.ts'
import type { CompileResult, Mapper, MappingFile, Plan, RunContext } from '../contracts/mapper.ts'
import { Schemas, SOURCE_ENDING } from './check/schema-view.ts'
import { type Compiled, compileMapping } from './compile.ts'
import { explainMapping } from './explain/explain-mapping.ts'
import type { Explained } from './explain/explained.ts'
import { runMapping } from './run-mapping.ts'
import { type Coverage, coverageOf } from './traffic/coverage.ts'
import { createDriftDetector, type DriftDetector } from './traffic/drift.ts'

export interface MapperOptions {
  /** Canonical schemas by name (`order`, `common` …); they refer to each other by `$id`. */
  schemas: Readonly<Record<string, JsonSchema>>
  /** Source schemas by path (`storefronts/shopify/order`); they refer to each other by file. Without them sources are not checked. */
  sources?: Readonly<Record<string, JsonSchema>>
  /** Schemas of the settings of a connection, by connector. */
  settings?: Readonly<Record<string, JsonSchema>>
}

/** Where one value of a document comes from. */
export interface Lineage {
  /** Canonical pointer, `*` for the items of arrays. */
  pointer: string
  expression: string
  /** Present where the rule stands in an overlay. */
  file?: string
  line: number
  column: number
  /** Pointers of the source fields that it reads. */
  reads: readonly string[]
}

/** A mapper that also tells where the values of its plans come from. */
export interface DescribingMapper extends Mapper {
  describe(plan: Plan): Lineage[]
  /** Runs a record as `run` does and says of every value where it came from. Slower: for people, not for the work. */
  explain(plan: Plan, input: unknown, context?: RunContext): Explained
  /** Compares records with the declared source schema; null where the mapping names none. */
  driftDetector(plan: Plan): DriftDetector | null
  /** Which fields of the records the rules read. */
  coverage(plan: Plan, records: Iterable<unknown>): Coverage
}

/**
 * Of a thousand mappings few run in one process, and code takes ten times as much as its text: only so many plans that
 * nobody ran yet keep theirs, the others are compiled again at their first use. So is the traced code of all.
 */
const MOST_UNUSED = 32

export function createMapper({ schemas, sources, settings = {} }: MapperOptions): DescribingMapper {
  const known = {
    canonical: new Schemas(schemas),
    sources: sources ? new Schemas(sources, SOURCE_ENDING) : null,
    settings: new Schemas(settings),
  }
  const used = new WeakMap<Plan, Compiled>()
  const unused = new Map<Plan, Compiled>()
  const tracedOf = new WeakMap<Plan, Compiled>()
  const filesOf = new WeakMap<Plan, { file: MappingFile; overlays: readonly MappingFile[] }>()
  /** By path: a folder that is laid over the shipped one compiles it again. */
  const last = new Map<string, { file: MappingFile; result: CompileResult }>()
  const again = (plan: Plan, trace: boolean): Compiled => {
    const files = filesOf.get(plan)
    const { compiled = null } = files ? compileMapping(files.file, files.overlays, known, trace) : {}
    if (!compiled) throw new Error(`Plan ${plan.id} was compiled by another mapper.`)
    return compiled
  }
  const compiled = (plan: Plan): Compiled => {
    const found = used.get(plan) ?? unused.get(plan) ?? again(plan, false)
    used.set(plan, found)
    unused.delete(plan)
    return found
  }
  const traced = (plan: Plan): Compiled => {
    const found = tracedOf.get(plan) ?? again(plan, true)
    tracedOf.set(plan, found)
    return found
  }
  return {
    compile(file, overlays = []) {
      const before = last.get(file.path)
      if (before && overlays.length === 0 && isDeepStrictEqual(before.file, file)) return before.result
      const { result, compiled } = compileMapping(file, overlays, known)
      if (overlays.length === 0) last.set(file.path, { file, result })
      if (result.plan && compiled) {
        filesOf.set(result.plan, { file, overlays })
        unused.set(result.plan, compiled)
        const [oldest] = unused.keys()
        if (unused.size > MOST_UNUSED) unused.delete(oldest!)
      }
      return result
    },
    run: (plan, input, context) => runMapping(compiled(plan), input, context),
    describe: plan =>
      compiled(plan).leaves.map(({ pointer, expression, sources }) => ({
        pointer,
        expression: expression.text,
        ...expression.place,
        reads: sources,
      })),
    explain: (plan, input, context) => explainMapping(traced(plan), input, context),
    driftDetector(plan) {
      const { source } = compiled(plan)
      return source && createDriftDetector(source)
    },
    coverage(plan, records) {
      const { leaves, source } = compiled(plan)
      return coverageOf({ leaves, schema: source, records })
    },
  }
}
