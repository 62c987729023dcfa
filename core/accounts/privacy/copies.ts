import type { Store } from '../../contracts/store.ts'
import { erasedBy } from '../../documents/subjects.ts'
import { each } from './erase-trail.ts'

/** A record at another system that was made from what is erased here. */
export interface Copy {
  document: string
  connection: string
  /** Id there. */
  externalId: string
}

/** A human goes through them: more than this are told by their number. */
export const MOST_COPIES = 1_000

/** Where copies are of what was erased for this reason. */
export async function* copiesOf(store: Store, by: string): AsyncGenerator<Copy> {
  let count = 0
  for await (const document of each(page => store.erasure.find([erasedBy(by)], page)))
    for (const { connection, externalId } of await store.links.list(document)) {
      if (++count > MOST_COPIES) return
      yield { document, connection, externalId }
    }
}
