import type { Erased, ErasureMark, Page, PageRequest } from './records.ts'

/**
 * Forgetting people. Documents are found by subjects (`subjectsOf` of core/documents), which stand in an index that is
 * written with them; an erased one is found only by who asked for it, `erasedBy`.
 */
export interface Erasure {
  /** Ids of documents that one of the subjects concerns, oldest first. */
  find(subjects: readonly string[], page?: PageRequest): Promise<Page<string>>
  /** Makes documents findable that came from a version without subjects, at most `limit`; how many. */
  index(limit: number): Promise<number>
  /**
   * Takes from one record all that says something of a person, whoever has it claimed; false if there was nothing to
   * take. A message keeps its accounting, a document its figures; a delivery of it is not made any more.
   */
  erase(what: 'message' | 'document' | 'delivery' | 'letter', id: string, erased: Erased): Promise<boolean>
  /** How many messages were erased for this reason. */
  messages(by: string): Promise<number>
  /** A digest that is known changes only for a later `at`. */
  remember(marks: readonly ErasureMark[]): Promise<void>
  remembered(digests: readonly string[]): Promise<ErasureMark[]>
  /** Overwrites what the files of the store still hold of it, as far as the driver can. */
  scrub(): Promise<void>
}
