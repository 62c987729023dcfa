import { nearest } from './check/nearest.ts'
import type { Call } from './expression/ast.ts'
import { hubCallables } from './functions/functions.ts'
import { type LookupTable, lookUp } from './functions/table.ts'
import { type Env, emitIn, type Language } from './lower/env.ts'
import { pureFunctions } from './runtime/builtins/builtins.ts'

/** What the hub binds for every mapping. */
const BINDINGS = new Set(['connection', 'settings', 'topic', 'headers'])

/** JSONata's functions that answer otherwise from run to run, or run text as code. */
const REFUSED = new Set(['now', 'millis', 'random', 'shuffle', 'eval'])

/**
 * What expressions of a mapping may name: JSONata, the hub's functions and bindings, and the mapping's own tables.
 * `traced`: the run itself looks things up in them.
 */
export function mappingLanguage(tables: ReadonlyMap<string, LookupTable>, traced: boolean): Language {
  return {
    functions: pureFunctions,
    hubFunctions: hubCallables,
    variables: BINDINGS,
    strict: true,
    special(name, call, env, piped) {
      if (name === 'table') {
        const entry = tableAndValue(call, env, piped, tables)
        if (!entry) return 'undefined'
        return traced ? `run.lookUp(${entry})` : `${env.shared.unit.constant(lookUp)}(${entry}, run.overlay)`
      }
      if (!REFUSED.has(name)) return null
      const message = `\`$${name}\` is not part of mappings: one record must give the same document every time.`
      env.shared.report(call, { code: 'FUNCTION_UNKNOWN', message })
      return 'undefined'
    },
  }
}

/** Arguments for `$table("name", value)`: the table is found now, the entry at run time. */
function tableAndValue(
  call: Call,
  env: Env,
  piped: string | undefined,
  tables: ReadonlyMap<string, LookupTable>,
): string | null {
  const [first, value, ...more] = call.arguments
  if (piped !== undefined || first?.type !== 'string' || !value || more.length > 0) {
    env.shared.report(call, {
      code: 'ARGUMENTS_WRONG',
      message: '`$table` takes the name of a table as a text, then the value.',
    })
    return null
  }
  const name = String(first.value)
  const table = tables.get(name)
  if (!table)
    env.shared.report(first, {
      code: 'TABLE_UNKNOWN',
      message: `There is no table \`${name}\`.`,
      hint: nearest(name, tables.keys()),
    })
  return `${env.shared.unit.constant(table)}, ${emitIn(env, value)}`
}
