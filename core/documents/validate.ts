import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import type { JsonSchema } from '../contracts/connector.ts'
import type { RunProblem } from '../contracts/mapper.ts'
import { sentenceOf } from './schema-sentence.ts'

/** More says nothing new: the document is of another kind altogether. */
const MOST_PROBLEMS = 25

/**
 * `unicode: false` counts text in UTF-16 units: nobody needs the bound on ids in code points, and counting those costs as
 * much as all other checks. Ajv would log that the option is deprecated, so logging is off and all strictness throws.
 * `validateSchema: false`: that the schemas are schemas is tested; to ask again took a third of the time to compile them.
 */
const OPTIONS = {
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  strict: true,
  unicode: false,
  logger: false,
  validateSchema: false,
} as const

/** Checks documents against the canonical schemas. */
export interface Validator {
  /** Empty when the body fits; else one problem per fault, none of which repeats personal data. */
  validate(resource: string, body: unknown): RunProblem[]
}

/**
 * Compiles a schema once, when a document of its kind is first seen: few hubs have all, and together they took a sixth of
 * the start. `schemas`: by name (`order`, `common` …), as they lie in `mappings/canonical`.
 */
export function createValidator(schemas: Readonly<Record<string, JsonSchema>>): Validator {
  const ajv = new Ajv2020(OPTIONS)
  // ajv-formats is CommonJS: its types name the function as the default of the default.
  const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default
  addFormats(ajv, ['date-time'])
  ajv.addVocabulary(['x-pii', 'version'])
  for (const schema of Object.values(schemas)) ajv.addSchema(schema)
  const checks = new Map<string, ValidateFunction>()
  const checkOf = (resource: string): ValidateFunction | undefined => {
    const known = checks.get(resource)
    const schema = !known && Object.hasOwn(schemas, resource) ? schemas[resource] : undefined
    if (schema?.['type'] !== 'object') return known
    const made = ajv.compile(schema)
    checks.set(resource, made)
    return made
  }

  return {
    validate(resource, body) {
      const check = checkOf(resource)
      if (!check) return [problem('', `There is no canonical schema “${resource}”.`)]
      return check(body) ? [] : problemsOf(check.errors ?? [])
    },
  }
}

const problemsOf = (errors: ErrorObject[]): RunProblem[] =>
  errors.slice(0, MOST_PROBLEMS).map(error => {
    const { pointer, sentence } = sentenceOf(error)
    return problem(pointer, sentence)
  })

const problem = (target: string, message: string): RunProblem => ({
  code: 'DOCUMENT_INVALID',
  target,
  message,
  line: 0,
  column: 0,
})
