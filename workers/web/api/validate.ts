import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { HubError } from '#core/errors/hub-error.ts'
import type { ObjectSchema, Route } from './route.ts'

const options = { allErrors: true, useDefaults: true, strict: true, allowUnionTypes: true } as const
const forQuery = new Ajv2020({ ...options, coerceTypes: true })
const forBody = new Ajv2020(options)

const EMPTY: ObjectSchema = { type: 'object', properties: {}, additionalProperties: false }

export interface Validators {
  query(value: Record<string, unknown>): void
  body(value: unknown): void
}

/** Compiled once per route. Unknown names are refused: a misspelt filter must not answer everything. */
export function compileValidators(route: Pick<Route, 'query' | 'body'>): Validators {
  const query = forQuery.compile(route.query ?? EMPTY)
  const body = forBody.compile(route.body ?? EMPTY)
  return { query: value => check(query, value, 'query'), body: value => check(body, value, 'body') }
}

function check(validate: ValidateFunction, value: unknown, where: string): void {
  if (validate(value)) return
  const problems = (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const extra = 'additionalProperty' in params ? ` (${params['additionalProperty']})` : ''
    const allowed = 'allowedValues' in params ? ` (${params['allowedValues'].join(', ')})` : ''
    return `${where}${instancePath} ${message}${extra}${allowed}`
  })
  throw new HubError('INPUT_INVALID', { detail: `${problems.slice(0, 5).join('; ')}.` })
}
