import type { Path, Problems } from './problems.ts'
import { isRecord } from './read-yaml.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** `$${` is a `${` that is meant; `${NAME}` is replaced; `${` without an end is a mistake. */
const REFERENCE = /\$\$\{|\$\{([^}]*)(\}?)/g
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * Values with their `${NAME}` references replaced from the environment; what came from there is not looked at again.
 * An unset or empty variable is a problem, never an empty string: its value is left out (undefined).
 */
export function resolveReferences(
  value: unknown,
  env: Environment,
  problems: Problems,
  path: Path = [],
): unknown {
  if (typeof value === 'string') return resolveText(value, env, problems, path)
  if (Array.isArray(value))
    return value.map((item, index) => resolveReferences(item, env, problems, [...path, index]))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolveReferences(item, env, problems, [...path, key])]),
  )
}

function resolveText(text: string, env: Environment, problems: Problems, path: Path): string | undefined {
  let whole = true
  const unresolved = (message: string, fix: string) => {
    whole = false
    problems.add({ code: 'CONFIG_UNRESOLVED', path, message, fix })
    return ''
  }
  const resolved = text.replace(REFERENCE, (found, name: string | undefined, end: string) => {
    if (name === undefined) return '${'
    if (end === '' || !NAME.test(name)) {
      return unresolved('a `${` begins no reference', 'write `$${` where the characters themselves are meant')
    }
    const value = env[name]
    if (value === undefined)
      return unresolved(`\`${found}\` is not set`, `set the environment variable ${name}`)
    if (value === '')
      return unresolved(`\`${found}\` is set but empty`, `give the environment variable ${name} a value`)
    return value
  })
  return whole ? resolved : undefined
}
