/** One field of a selection, with its arguments resolved against the variables. */
export interface Field {
  name: string
  alias: string
  args: Record<string, unknown>
  /** By name, with their arguments: `@idempotent(key: …)`. */
  directives: Record<string, Record<string, unknown>>
  fields: Field[]
  /** Asked of this type only (inline fragment). */
  on?: string
}

export interface Operation {
  kind: 'query' | 'mutation'
  fields: Field[]
}

/** Thrown for text that is not in the part of GraphQL that the simulator speaks; answered as Shopify answers it. */
export class GraphqlSyntaxError extends Error {}

const TOKEN = /\s+|,|#[^\n]*|(\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|"(?:[^"\\]|\\.)*"|[{}()[\]:!$=@])/gy

/**
 * Reads a document with one operation: fields, aliases, arguments, variables, directives of fields, fragments and inline
 * fragments. The operation stands before its fragments.
 */
export function parseOperation(text: string, variables: Record<string, unknown>): Operation {
  const tokens = tokenize(text)
  let at = 0
  const fragments = new Map<string, Field[]>()
  const spreads: { into: Field[]; name: string }[] = []

  const peek = () => tokens[at]
  const next = () => tokens[at++] ?? fail('unexpected end')
  const take = (token: string) => {
    const found = peek() === token
    if (found) at++
    return found
  }
  const expect = (token: string) => take(token) || fail(`expected ${token}, got ${peek()}`)

  function value(): unknown {
    const token = next()
    if (token === '$') return variables[next()]
    if (token === '[') return list(']', value)
    if (token === '{') return Object.fromEntries(list('}', member))
    if (token[0] === '"') return JSON.parse(token)
    if (/^-?\d/.test(token)) return Number(token)
    if (token === 'true' || token === 'false') return token === 'true'
    return token === 'null' ? null : token
  }

  function member(): [string, unknown] {
    const name = next()
    expect(':')
    return [name, value()]
  }

  const members = () => (take('(') ? Object.fromEntries(list(')', member)) : {})

  function list<T>(end: string, item: () => T): T[] {
    const items: T[] = []
    while (!take(end)) items.push(item())
    return items
  }

  function selection(): Field[] {
    expect('{')
    const fields: Field[] = []
    while (!take('}')) {
      if (!take('...')) fields.push(field())
      else if (take('on')) {
        const on = next()
        fields.push(...selection().map(inner => ({ ...inner, on })))
      } else spreads.push({ into: fields, name: next() })
    }
    return fields
  }

  function field(): Field {
    const first = next()
    const name = take(':') ? next() : first
    const args = members()
    const directives: Field['directives'] = {}
    while (take('@')) directives[next()] = members()
    return { name, alias: first, args, directives, fields: peek() === '{' ? selection() : [] }
  }

  let operation: Operation | undefined
  while (at < tokens.length) {
    const kind = next()
    if (kind === 'fragment') {
      const name = next()
      at += 2
      fragments.set(name, selection())
    } else if (kind === 'query' || kind === 'mutation') {
      while (peek() !== '{') at++
      operation = { kind, fields: selection() }
    } else fail(`unexpected ${kind}`)
  }
  // Innermost fragments may be declared last: spread until nothing is left.
  for (const { into, name } of spreads.reverse())
    into.push(...(fragments.get(name) ?? fail(`no fragment ${name}`)))
  return operation ?? fail('no operation')
}

function tokenize(text: string): string[] {
  const tokens: string[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    end = match.index + match[0].length
    if (match[1]) tokens.push(match[1])
  }
  return end === text.length ? tokens : fail(`unexpected ${text[end]}`)
}

function fail(why: string): never {
  throw new GraphqlSyntaxError(`syntax error, ${why}`)
}
