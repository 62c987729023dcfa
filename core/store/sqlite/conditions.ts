import type { SQLInputValue } from 'node:sqlite'

/** One term of a WHERE clause and its parameter. */
export interface Condition {
  sql: string
  value: SQLInputValue
}

/** Which term each member of a filter becomes: the allow-list that keeps callers' words out of SQL. */
export type Terms<Filter> = { readonly [Member in keyof Filter]-?: string }

export function conditionsOf<Filter extends object>(terms: Terms<Filter>, filter: Filter): Condition[] {
  const conditions: Condition[] = []
  for (const member of Object.keys(terms) as (keyof Filter & string)[]) {
    const value = filter[member]
    if (value !== undefined) conditions.push({ sql: terms[member], value: value as SQLInputValue })
  }
  return conditions
}

/** All terms joined; of none, a clause that is always true. */
export const conjunction = (conditions: readonly Condition[]): { sql: string; values: SQLInputValue[] } => ({
  sql: conditions.length === 0 ? 'TRUE' : conditions.map(condition => condition.sql).join(' AND '),
  values: conditions.map(condition => condition.value),
})
