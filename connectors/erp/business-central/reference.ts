import { createHash } from 'node:crypto'

/** Of `External Document No.`, which Business Central stores in capitals. */
export const MOST_CHARACTERS = 35

/** What reads the same in capitals, and has nothing that a filter could take for an operator. */
const PLAIN = /^[a-z0-9](?:[a-z0-9:_-]|\.(?!\.)){0,34}$/

/**
 * The key of a document as Business Central can keep and find it: the key itself where it fits and stays itself in
 * capitals, else what people may recognise of it and a digest. Two keys never share one.
 */
export function referenceOf(key: string): string {
  if (PLAIN.test(key)) return key.toUpperCase()
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 26).toUpperCase()
  const tail = key.slice(key.lastIndexOf(':') + 1).replaceAll(/[^A-Za-z0-9]/g, '')
  return `${tail.slice(-(MOST_CHARACTERS - digest.length - 1)).toUpperCase()}~${digest}`
}
