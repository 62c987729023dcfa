import type { SourceOrder } from '../contracts/store.ts'

/** Negative when `a` is older than `b`, 0 when neither is newer. */
export const compareOrder = (a: SourceOrder, b: SourceOrder): number =>
  a.revision - b.revision || a.event - b.event || a.arrival - b.arrival
