import { CONFIG_SCHEMA } from './config-schema.ts'
import { editDistance } from './nearest.ts'
import type { Problems } from './problems.ts'
import type { Environment } from './references.ts'
import type { ConfigNode } from './schema-node.ts'

/** The file that the rest is read from; the one variable that is no setting. */
export const CONFIG_FILE_VARIABLE = 'HUB_CONFIG'

/** Settings that a variable sets, by their key. */
export const VARIABLES: ReadonlyMap<string, string> = new Map(
  Object.entries(CONFIG_SCHEMA.properties ?? {}).flatMap(([key, { 'x-env': name }]) =>
    name ? [[key, name]] : [],
  ),
)

/** Settings as far as the environment gives them. An empty variable is a problem: it is a forgotten value. */
export function readEnvironment(env: Environment, problems: Problems): Record<string, unknown> {
  const settings: Record<string, unknown> = {}
  for (const [key, name] of VARIABLES) {
    const text = env[name]
    if (text === undefined) continue
    if (text.trim() === '') problems.invalid([key], 'is set but empty', 'give it a value or unset it')
    else settings[key] = fromText(text, CONFIG_SCHEMA.properties![key]!)
  }
  return settings
}

const fromText = (text: string, node: ConfigNode): unknown =>
  node.type === 'array' ? text.split(',').map(item => item.trim()) : text

/** A variable one or two letters away from a setting is a mistake. Others that begin with `HUB_` are not ours to judge. */
export function checkVariables(env: Environment, problems: Problems): void {
  const known = [CONFIG_FILE_VARIABLE, ...VARIABLES.values()]
  for (const name of Object.keys(env)) {
    if (!name.startsWith('HUB_') || known.includes(name)) continue
    const meant = known.find(one => editDistance(name, one) <= 2)
    if (meant) problems.invalid([name], 'is no setting', `did you mean ${meant}?`)
  }
}
