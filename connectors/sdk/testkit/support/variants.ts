/** A word of a vocabulary: `partially_shipped`, `FULFILLED`, `in-transit`. */
const WORD = /^(?:[a-z]+(?:[_-][a-z]+)*|[A-Z]+(?:_[A-Z]+)*)$/

const MOST_VARIANTS = 60

/** Copies of a value in each of which one word is another that nobody knows. */
export function withUnknownWord(value: object): { pointer: string; value: unknown }[] {
  const found = leaves(value, '').filter(
    ({ leaf }) => typeof leaf === 'string' && leaf.length < 40 && WORD.test(leaf),
  )
  return found.slice(0, MOST_VARIANTS).map(({ pointer }) => ({
    pointer,
    value: replaced(value, pointer.split('/').slice(1), 'zz_never_seen_before'),
  }))
}

/** A copy with one more member in every object. */
export function withUnknownField(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknownField)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [name, withUnknownField(member)])
  return {
    ...Object.fromEntries(members),
    zz_added_last_night: { since: '2026-05-12', nested: [1, 'two', null] },
  }
}

function leaves(value: unknown, pointer: string): { pointer: string; leaf: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ pointer, leaf: value }]
  return Object.entries(value).flatMap(([name, member]) =>
    leaves(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}

function replaced(value: unknown, [name, ...rest]: string[], by: unknown): unknown {
  if (name === undefined) return by
  const key = name.replaceAll('~1', '/').replaceAll('~0', '~')
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? replaced(item, rest, by) : item))
  const object = value as Record<string, unknown>
  return { ...object, [key]: replaced(object[key], rest, by) }
}

/** Bodies that no partner should send, and some day one does. */
export const BROKEN_BODIES: readonly { what: string; of(body: Buffer): Buffer }[] = [
  { what: 'half of the body', of: body => body.subarray(0, Math.floor(body.length / 2)) },
  { what: 'an empty body', of: () => Buffer.alloc(0) },
  { what: 'white space alone', of: () => Buffer.from(' \n ') },
  { what: 'an empty list', of: () => Buffer.from('[]') },
  { what: 'a list of nothing', of: () => Buffer.from('[null, 1, "x"]') },
  { what: 'an empty object', of: () => Buffer.from('{}') },
  { what: 'null', of: () => Buffer.from('null') },
  { what: 'a number', of: () => Buffer.from('42') },
  { what: 'text', of: () => Buffer.from('Bad Gateway') },
  { what: 'a page', of: () => Buffer.from('<!doctype html><html><body>Sorry</body></html>') },
  {
    what: 'bytes that are no UTF-8',
    of: body => Buffer.concat([Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xe9]), body]),
  },
  { what: 'five thousand nested lists', of: () => Buffer.from(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) },
  {
    what: 'five thousand nested objects',
    of: () => Buffer.from(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`),
  },
  { what: 'a member named __proto__', of: () => Buffer.from('{"__proto__": {"polluted": true}, "id": 1}') },
]
