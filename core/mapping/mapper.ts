import type { JsonSchema } from '../contracts/connector.ts'
import type { Mapper, Plan } from '../contracts/mapper.ts'
import { Schemas } from './check/schema-view.ts'
import { type Compiled, compileMapping } from './compile.ts'
import { runMapping } from './run-mapping.ts'

export interface MapperOptions {
  /** Canonical schemas by name (`order`, `common` …); they refer to each other by `$id`. */
  schemas: Readonly<Record<string, JsonSchema>>
}

/** Where one value of a document comes from. */
export interface Lineage {
  /** Canonical pointer, `*` for the items of arrays. */
  pointer: string
  expression: string
  line: number
  column: number
  /** Pointers of the source fields that it reads. */
  reads: readonly string[]
}

/** A mapper that also tells where the values of its plans come from. */
export interface DescribingMapper extends Mapper {
  describe(plan: Plan): Lineage[]
}

export function createMapper({ schemas }: MapperOptions): DescribingMapper {
  const known = new Schemas(schemas)
  const compiledOf = new WeakMap<Plan, Compiled>()
  const compiled = (plan: Plan): Compiled => {
    const found = compiledOf.get(plan)
    if (!found) throw new Error(`Plan ${plan.id} was compiled by another mapper.`)
    return found
  }
  return {
    compile(file) {
      const { result, compiled } = compileMapping(file, known)
      if (result.plan && compiled) compiledOf.set(result.plan, compiled)
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
  }
}
