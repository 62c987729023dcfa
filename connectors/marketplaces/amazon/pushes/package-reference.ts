import { createHash } from 'node:crypto'

/** Amazon takes positive numbers only. The nth parcel of a shipment has the same one in every process. */
function reference(key: string, nth: number): string {
  const digest = createHash('sha256').update(`${key}|${nth}`).digest()
  return String((digest.readUInt32BE(0) % 2_000_000_000) + 1)
}

/**
 * The first of the shipment's own references that no parcel of the order keeps: a corrected tracking number edits the
 * parcel that had the wrong one, an added parcel gets a new reference.
 */
export function freeReference(key: string, kept: ReadonlySet<string>): string {
  let nth = 0
  while (kept.has(reference(key, nth))) nth++
  return reference(key, nth)
}
