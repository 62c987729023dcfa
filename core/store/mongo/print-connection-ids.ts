import { text } from 'node:stream/consumers'
import { createClient, databaseOf } from './client.ts'
import type { Row } from './shape.ts'

/** A process of its own: reads the address of the store from its input and prints the ids of connections people made. */
const url = await text(process.stdin)
const client = createClient(url)
try {
  const connections = client.db(databaseOf(url)).collection<Row>('connections')
  const rows = await connections.find({ declared: false }, { projection: { _id: 1 } }).toArray()
  process.stdout.write(JSON.stringify(rows.map(({ _id }) => _id)))
} finally {
  await client.close()
}
