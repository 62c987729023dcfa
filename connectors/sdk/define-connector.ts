import type { Connector } from '#core/contracts/connector.ts'
import { manifestProblems } from './manifest-problems.ts'

/**
 * Checks that a connector and its manifest agree, then freezes both deeply: nobody changes a connector at run time.
 * Throws a plain `Error` that names every disagreement; it is a mistake of the author, found by the first import.
 */
export function defineConnector(connector: Connector): Connector {
  const problems = [...manifestProblems(connector.manifest), ...capabilityProblems(connector)]
  if (problems.length) throw new Error(`Connector “${connector.manifest.id}”: ${problems.join(' ')}`)
  return deepFreeze(connector)
}

/** A capability is a function and its place in the manifest, or neither. */
function capabilityProblems({ manifest, receive, poll, push, subscribe }: Connector): string[] {
  // Whether they are used is a matter of each connection's settings.
  if (manifest.ofConnection) return []
  const declared = (map: object | undefined) => Object.keys(map ?? {}).length > 0
  // A queue's and a folder's messages carry topics that no webhook brings.
  const pulled = Boolean(manifest.polls?.queue ?? manifest.polls?.file)
  const topics = declared(manifest.topics)
  const pairs: [string, boolean, boolean][] = [
    ['receive', Boolean(receive), pulled ? topics && Boolean(receive) : topics],
    ['poll', Boolean(poll), declared(manifest.polls)],
    ['push', Boolean(push), declared(manifest.pushes)],
    ['subscribe', Boolean(subscribe), manifest.subscriptions ? true : Boolean(subscribe)],
  ]
  return pairs
    .filter(([, made, named]) => made !== named)
    .map(
      ([what, made]) =>
        `\`${what}\` ${made ? 'exists but the manifest declares nothing for it' : 'is declared but missing'}.`,
    )
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null && !Object.isFrozen(member)) deepFreeze(member)
  }
  return Object.freeze(value)
}
