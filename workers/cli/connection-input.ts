import { HubError } from '#core/errors/hub-error.ts'
import type { World } from './world.ts'

/** `--set name=value`: the value as JSON where it is JSON, else as text. */
export function readSettings(given: readonly string[] = []): Record<string, unknown> {
  return Object.fromEntries(
    given.map(pair => {
      const [name, value] = split('--set', pair)
      return [name, jsonOrText(value)]
    }),
  )
}

/** `--secret name=value`, newest value of a name first; `name=-` reads standard input, so that no history keeps the secret. */
export async function readSecrets(
  given: readonly string[] = [],
  world: Pick<World, 'readStdin'>,
): Promise<Record<string, string[]>> {
  const pairs = given.map(pair => split('--secret', pair))
  const asked = pairs.filter(([, value]) => value === '-')
  if (asked.length > 1) throw invalid('Only one secret can come from standard input.')
  const typed = asked.length === 1 ? (await world.readStdin()).toString('utf8').replace(/\r?\n$/, '') : ''
  const secrets: Record<string, string[]> = {}
  for (const [name, value] of pairs) {
    const secret = value === '-' ? typed : value
    if (secret === '') throw invalid(`The secret “${name}” is empty.`)
    secrets[name] = [...(secrets[name] ?? []), secret]
  }
  return secrets
}

/** Without the value in the message: it may be a secret. */
function split(option: string, pair: string): [string, string] {
  const at = pair.indexOf('=')
  if (at < 1) throw invalid(`\`${option}\` takes name=value.`)
  return [pair.slice(0, at), pair.slice(at + 1)]
}

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

const invalid = (detail: string): HubError => new HubError('INPUT_INVALID', { detail })
