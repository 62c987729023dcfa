import type { Auth, Manifest } from '#core/contracts/connector.ts'
import { SIGNATURE_SCHEMES } from '#core/inbox/signatures/schemes.ts'

/** What is wrong with a manifest in itself, one sentence each. */
export function manifestProblems(manifest: Manifest): string[] {
  return [
    ...identityProblems(manifest),
    ...topicProblems(manifest),
    ...pollProblems(manifest),
    ...limitProblems(manifest),
    ...needProblems(manifest),
    ...(manifest.auth ? authProblems(manifest.auth, manifest) : []),
  ]
}

function identityProblems({ id, name, api, settings, secrets }: Manifest): string[] {
  const problems: string[] = []
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) problems.push('`id` is not in kebab case.')
  if (!name.trim()) problems.push('`name` is empty.')
  if (!api.version) problems.push('`api.version` is empty.')
  if (!URL.canParse(api.docs)) problems.push('`api.docs` is not a URL.')
  if (api.sunset !== undefined && !isDate(api.sunset)) problems.push('`api.sunset` is not an ISO date.')
  if (settings['type'] !== 'object') problems.push('`settings` is not the schema of an object.')
  for (const [key, secret] of Object.entries(secrets))
    if (!secret.description.trim()) problems.push(`Secret \`${key}\` has no description.`)
  return problems
}

/** A real day: `2026-02-30` would be read as a day of March. */
function isDate(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

const RESOURCES: readonly string[] = ['order', 'inventory', 'shipment', 'return', 'product', 'settlement']
const FEEDS: readonly string[] = [...RESOURCES, 'queue', 'file']

const topicProblems = ({ topics }: Manifest): string[] =>
  Object.entries(topics).flatMap(([topic, resource]) => [
    ...(topic.trim() ? [] : ['A topic has no name.']),
    ...(RESOURCES.includes(resource) ? [] : [`Topic \`${topic}\` becomes no resource.`]),
  ])

const pollProblems = ({ polls = {} }: Manifest): string[] =>
  Object.entries(polls).flatMap(([feed, { everySeconds, topic }]) => [
    ...(FEEDS.includes(feed) ? [] : [`Poll of \`${feed}\` reads no resource, queue or folder.`]),
    ...(everySeconds > 0 ? [] : [`Poll of \`${feed}\` needs an interval.`]),
    ...(topic || !RESOURCES.includes(feed) ? [] : [`Poll of \`${feed}\` needs a topic.`]),
  ])

const limitProblems = ({ limits }: Manifest): string[] =>
  Object.entries(limits?.buckets ?? {})
    .filter(([, { capacity, refillPerSecond }]) => !(capacity > 0) || !(refillPerSecond > 0))
    .map(([bucket]) => `Bucket \`${bucket}\` never pays.`)

/** `needs` that names nothing would switch a feed off for ever. */
function needProblems({ settings, secrets, polls = {}, subscriptions }: Manifest): string[] {
  const properties = (settings['properties'] ?? {}) as Record<string, unknown>
  const needs = [...Object.values(polls), ...(subscriptions ? [subscriptions] : [])].map(one => one.needs)
  const problems = needs
    .filter(name => name !== undefined && !Object.hasOwn(secrets, name) && !Object.hasOwn(properties, name))
    .map(name => `\`needs\` names \`${name}\`, which is neither a secret nor a setting.`)
  if (subscriptions && !(subscriptions.everySeconds > 0)) problems.push('`subscriptions` needs an interval.')
  return problems
}

/** What the hub keeps after a merchant agreed must have a place, and must not be asked for before. */
function authProblems(auth: Auth, { secrets }: Manifest): string[] {
  if (auth.kind === 'key-handoff')
    return Object.keys(secrets).length > 0 ? [] : ['`auth` hands over keys, but no secret is declared.']
  const problems: string[] = []
  if (!secrets['accessToken']) problems.push('`auth` needs the secret `accessToken` declared.')
  else if (secrets['accessToken'].required)
    problems.push('The secret `accessToken` cannot be required: `auth` gets it.')
  if (auth.grant === 'authorization-code' && !auth.authorizeUrl) problems.push('`auth` needs `authorizeUrl`.')
  if (auth.callbackSignature !== undefined && !Object.hasOwn(SIGNATURE_SCHEMES, auth.callbackSignature))
    problems.push(`\`auth.callbackSignature\` names no signature scheme.`)
  return problems
}
