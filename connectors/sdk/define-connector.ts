import type { Connector, Manifest } from '#core/contracts/connector.ts'

/**
 * Checks that a connector and its manifest agree, then freezes both deeply: nobody changes a connector at run time.
 * Throws a plain `Error` that names every disagreement; it is a mistake of the author, found by the first import.
 */
export function defineConnector(connector: Connector): Connector {
  const problems = [...manifestProblems(connector.manifest), ...capabilityProblems(connector)]
  if (problems.length) throw new Error(`Connector “${connector.manifest.id}”: ${problems.join(' ')}`)
  return deepFreeze(connector)
}

function manifestProblems({ id, name, api, settings, secrets, polls = {}, limits }: Manifest): string[] {
  const problems: string[] = []
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) problems.push('`id` is not in kebab case.')
  if (!name.trim()) problems.push('`name` is empty.')
  if (!api.version) problems.push('`api.version` is empty.')
  if (!URL.canParse(api.docs)) problems.push('`api.docs` is not a URL.')
  if (api.sunset && !/^\d{4}-\d{2}-\d{2}$/.test(api.sunset)) problems.push('`api.sunset` is not an ISO date.')
  if (settings['type'] !== 'object') problems.push('`settings` is not the schema of an object.')
  for (const [key, secret] of Object.entries(secrets)) {
    if (!secret.description.trim()) problems.push(`Secret \`${key}\` has no description.`)
  }
  for (const [resource, poll] of Object.entries(polls)) {
    if (!(poll.everySeconds > 0) || !poll.topic)
      problems.push(`Poll of \`${resource}\` needs an interval and a topic.`)
  }
  for (const [bucket, { capacity, refillPerSecond }] of Object.entries(limits?.buckets ?? {})) {
    if (!(capacity > 0) || !(refillPerSecond > 0)) problems.push(`Bucket \`${bucket}\` never pays.`)
  }
  return problems
}

/** A capability is a function and its place in the manifest, or neither. */
function capabilityProblems({ manifest, receive, poll, push }: Connector): string[] {
  const declared = (map: object | undefined) => Object.keys(map ?? {}).length > 0
  const pairs: [string, boolean, boolean][] = [
    ['receive', Boolean(receive), declared(manifest.topics)],
    ['poll', Boolean(poll), declared(manifest.polls)],
    ['push', Boolean(push), declared(manifest.pushes)],
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
