import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { suggest } from './nearest.ts'
import type { ConfigProblem, Path } from './problems.ts'

/** Checks against a JSON Schema and fills its defaults in. Paths begin with `base`. */
export type CheckSchema = (schema: object, value: unknown, base?: Path) => ConfigProblem[]

export function createCheckSchema(): CheckSchema {
  const options = { allErrors: true, useDefaults: true, strict: false, verbose: true, logger: false } as const
  // The schemas are the project's own; to check them against the meta-schema took a quarter of a command's start.
  const ajv = new Ajv2020({ ...options, validateSchema: false })
  addFormats.default(ajv)
  return (schema, value, base = []) => {
    const validate = ajv.compile(schema)
    if (validate(value)) return []
    // What a condition asks for is told by itself.
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if')
    return errors.map(error => toProblem(error, base, value))
  }
}

/** Says nothing of the value itself: it may be a secret. */
function toProblem(error: ErrorObject, base: Path, root: unknown): ConfigProblem {
  const { keyword, params, message = 'is wrong', parentSchema = {} } = error
  const path = [...base, ...pathOf(error.instancePath, root)]
  const told = (more: Path, text: string, fix: string): ConfigProblem => ({
    code: 'CONFIG_INVALID',
    path: [...path, ...more],
    message: text,
    fix,
  })
  const properties: Record<string, { description?: string }> = parentSchema['properties'] ?? {}
  switch (keyword) {
    case 'required': {
      const key: string = params['missingProperty']
      return told([key], 'is missing', sentence('add it', properties[key]?.description))
    }
    case 'additionalProperties': {
      const key: string = params['additionalProperty']
      return told([key], 'is not a setting here', suggest(key, Object.keys(properties)))
    }
    case 'enum':
      return told(
        [],
        'is not one of the values there are',
        `choose one of ${(params['allowedValues'] as string[]).join(', ')}`,
      )
    default:
      return told([], message, parentSchema['description'] ?? 'see the reference')
  }
}

const sentence = (what: string, description?: string): string =>
  description ? `${what}: ${description}` : what

/** JSON pointer to path; a step into a list is a number. */
function pathOf(pointer: string, root: unknown): Path {
  const path: (string | number)[] = []
  let value = root
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(Array.isArray(value) ? Number(key) : key)
    value = (value as Record<string, unknown> | undefined)?.[key]
  }
  return path
}
