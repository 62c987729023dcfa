import { classify, isSecretName } from './classify.ts'
import { FAKES, type Personal } from './fakes.ts'

/** Stands wherever a secret stood. */
export const HIDDEN = '[secret]'

const EMAIL = /[^\s"'@<>()]+@[^\s"'@<>()]+\.[a-z]{2,}/gi

/** Shorter texts occur in others by chance. */
const SHORTEST = 4

export interface Scrubber {
  /** A copy without secrets and with invented people; the same person is the same one everywhere. */
  value(value: unknown): unknown
  text(text: string): string
  headers(headers: Readonly<Record<string, string>>): Record<string, string>
}

/** Remembers whom it replaced by whom, over all values that it is given. `secrets`: hidden wherever they occur. */
export function createScrubber(secrets: readonly string[]): Scrubber {
  const fakes = new Map<string, string>()
  const counts = new Map<Personal, number>()
  const hidden = secrets.filter(secret => secret.length >= SHORTEST)

  const fakeOf = (kind: Personal, original: string): string => {
    const key = `${kind} ${original.trim().toLowerCase()}`
    const known = fakes.get(key)
    if (known !== undefined) return known
    const n = counts.get(kind) ?? 0
    counts.set(kind, n + 1)
    const made = FAKES[kind](n, original)
    fakes.set(key, made)
    if (original.trim().length >= SHORTEST) replaced.set(original.trim(), made)
    return made
  }
  const replaced = new Map<string, string>()

  /** What has no name of its own: secrets, addresses by their form, and people met elsewhere. */
  const text = (given: string): string => {
    let cleaned = given.replaceAll(EMAIL, email =>
      email.endsWith('@example.com') ? email : fakeOf('email', email),
    )
    for (const secret of hidden) cleaned = cleaned.replaceAll(secret, HIDDEN)
    for (const [original, fake] of longestFirst(replaced)) cleaned = cleaned.replaceAll(original, fake)
    return cleaned
  }

  const learn = (value: unknown, name: string, parents: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map(item => learn(item, name, parents))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => [key, learn(member, key, [...parents, name])]),
      )
    if (typeof value !== 'string' && typeof value !== 'number') return value
    if (isSecretName(name)) return HIDDEN
    if (/^(?:latitude|longitude)$/i.test(name)) return typeof value === 'number' ? 0 : '0'
    if (typeof value === 'number' || value.trim() === '') return value
    const kind = classify(name, value, parents)
    return kind ? fakeOf(kind, value) : value
  }

  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(clean)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, clean(member)]))
  }

  return {
    // Twice: only when everybody is known can they be found in sentences about them.
    value: value => clean(learn(value, '', [])),
    text,
    headers: headers =>
      Object.fromEntries(
        Object.entries(headers)
          .filter(([name]) => !isSecretName(name))
          .map(([name, value]) => [name, text(value)]),
      ),
  }
}

const longestFirst = (map: ReadonlyMap<string, string>): [string, string][] =>
  [...map].sort(([a], [b]) => b.length - a.length)
