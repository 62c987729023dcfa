import { createHash } from 'node:crypto'
import { canonicalJson } from '../../kernel/canonical-json.ts'
import type { Records, StoreReader, TableName } from './sides.ts'

/** How many records a table holds, and SHA-256 over the canonical JSON of all of them in order. */
export interface Contents {
  count: number
  digest: string
}

export interface Compared {
  table: TableName
  source: Contents
  target: Contents
  equal: boolean
}

/** Reads the table on both sides: what is compared is what stands there, not what was written. */
export async function compare(
  { source, target }: { source: StoreReader; target: StoreReader },
  table: TableName,
): Promise<Compared> {
  const [there, here] = [await contentsOf(source, table), await contentsOf(target, table)]
  return { table, source: there, target: here, equal: there.digest === here.digest }
}

async function contentsOf(store: StoreReader, table: TableName): Promise<Contents> {
  const digest = createHash('sha256')
  let count = 0
  for await (const { record } of store.read(table)) {
    digest.update(`${canonicalJson(isMessage(record) ? withoutBodies(record) : record)}\n`)
    count++
  }
  return { count, digest: digest.digest('hex') }
}

const isMessage = (record: Records[TableName]): record is Records['messages'] =>
  'body' in record && Buffer.isBuffer(record.body)

/** Bytes by their own digest: as JSON they would take several times their size. */
const withoutBodies = ({ body, edited, ...message }: Records['messages']): object => ({
  ...message,
  body: sha256(body),
  ...(edited && { edited: { ...edited, body: sha256(edited.body) } }),
})

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
