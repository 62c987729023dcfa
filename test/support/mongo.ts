import { type Db, MongoClient } from 'mongodb'

/** Where the MongoDB server of this machine is; null, with a printed reason, where there is none. */
export function mongoUrl(): string | null {
  const url = process.env['MONGODB_URL']
  if (!url) console.warn('skipped: MONGODB_URL names no MongoDB server')
  return url ?? null
}

/** The same server, another database. */
export const withDatabase = (url: string, name: string): string =>
  url.replace(/^([^:]+:\/\/[^/?]+)\/?[^?]*/, `$1/${name}`)

export const dropDatabase = (url: string): Promise<unknown> => on(url, db => db.dropDatabase())

/** Takes every record out; collections and indexes stay. */
export const emptyDatabase = (url: string): Promise<unknown> =>
  on(url, async db => {
    const collections = await db.collections()
    return Promise.all(collections.map(collection => collection.deleteMany({})))
  })

export async function on<T>(url: string, use: (db: Db) => Promise<T>): Promise<T> {
  const client = new MongoClient(url)
  try {
    return await use(client.db())
  } finally {
    await client.close()
  }
}
