const MAX_RECORDS = 500
const MAX_BYTES = 8_000_000

/** Groups of bounded memory; a single record over the bound is a group of its own. */
export async function* batches<T>(records: AsyncIterable<T>): AsyncGenerator<T[]> {
  let [batch, bytes] = [[] as T[], 0]
  for await (const record of records) {
    const size = sizeOf(record)
    if (batch.length > 0 && (batch.length >= MAX_RECORDS || bytes + size > MAX_BYTES)) {
      yield batch
      ;[batch, bytes] = [[], 0]
    }
    batch.push(record)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

const SCALAR = 8

/** Bytes that the value takes, about. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length
  if (typeof value !== 'object' || value === null) return SCALAR
  return Object.entries(value).reduce((sum, [name, member]) => sum + name.length + sizeOf(member), 0)
}
