import type { Store, StoredDocument } from '../../contracts/store.ts'
import { everyoneOf, isPersonal, subjectsOf } from '../../documents/subjects.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { DigestOf } from './digests.ts'
import { ordersOf, subjectsOfWhom, type Whom } from './whom.ts'

/** Who must not come back. */
export interface Marks {
  /**
   * From now on whatever of them arrives is forgotten, too, and so is whatever depends on these documents. Returns when
   * they were first remembered.
   */
  remember(whom: Whom, documents: readonly string[], at: number): Promise<number>
  /** Whether the document is of somebody who was erased. To be asked once it is stored: then either sees the other. */
  covers(document: StoredDocument): Promise<boolean>
}

export interface MarksDeps {
  store: Pick<Store, 'erasure'>
  digestOf: DigestOf
  clock: Clock
}

export function createMarks({ store, digestOf, clock }: MarksDeps): Marks {
  const digestsOf = (subjects: readonly string[]) => Promise.all(subjects.map(digestOf))

  return {
    async remember(whom, documents, at) {
      const since = clock.now()
      const subjects = [...new Set([...subjectsOfWhom(whom), ...ordersOf(whom), ...documents])]
      const digests = await digestsOf(subjects)
      await store.erasure.remember(digests.map(digest => ({ digest, at, since })))
      const marks = await store.erasure.remembered(digests)
      return marks.length === 0 ? since : Math.max(...marks.map(mark => mark.since))
    },

    async covers(document) {
      if (!isPersonal(document.resource)) return false
      const subjects = [document.id, ...subjectsOf(document)]
      const digests = await digestsOf(subjects)
      const found = await store.erasure.remembered(digests)
      if (found.length === 0) return false
      const marks = new Map(found.map(mark => [mark.digest, mark.at]))
      return subjects.some((subject, index) => {
        const at = marks.get(digests[index]!)
        return at !== undefined && timeFor(subject, document) <= at
      })
    },
  }
}

/**
 * What a mark's time is compared with. An order that was erased stays so. Somebody who buys again afterwards is a
 * customer again, so orders count by when they were placed; a shop that is connected again may bring its history.
 */
function timeFor(subject: string, document: StoredDocument): number {
  if (subject === document.id || document.dependsOn.includes(subject)) return Number.NEGATIVE_INFINITY
  if (subject === everyoneOf(document.connection)) return document.receivedAt
  const { placedAt, createdAt, shippedAt } = document.body
  const time = Date.parse(String(placedAt ?? createdAt ?? shippedAt))
  return Number.isNaN(time) ? document.order.event : time
}
