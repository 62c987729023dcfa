import assert from 'node:assert/strict'

const EMAIL = /[^\s"@<>]+@[^\s"@<>]+\.[a-z]{2,}/gi

/** Members that hold somebody’s name, number or street, in the words of most partners. */
const PERSONAL =
  /^(?:(?:first|last|given|family|full|recipient|buyer|customer|contact|shipping|billing)_?name|phone(?:_?number)?|address_?1|street_?1|signed_?by)$/i

const SHORTEST = 5

/** E-mail addresses, names, numbers and streets in a JSON payload. */
export function personsIn(body: Buffer): string[] {
  const text = body.toString()
  const found = new Set(text.match(EMAIL) ?? [])
  try {
    collect(JSON.parse(text), found)
  } catch {
    // Not JSON: what has the form of an address is all that can be found.
    return [...found]
  }
  return [...found].filter(person => person.length >= SHORTEST && text.includes(person)).slice(0, 12)
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string' && PERSONAL.test(name)) found.add(member)
    else collect(member, found)
  }
}

/** Fails when one of the sentences holds what nobody should read. */
export function assertSilent(sentences: readonly string[], secrets: readonly string[], where: string): void {
  for (const sentence of sentences)
    for (const secret of secrets)
      assert.ok(
        !sentence.includes(secret),
        `${where} says a secret or names a person: “${hidden(sentence, secret)}”`,
      )
}

/** The report itself must not tell either. */
const hidden = (sentence: string, secret: string): string => sentence.replaceAll(secret, '•••').slice(0, 300)
