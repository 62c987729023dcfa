import type { DriftKind } from '#core/contracts/store.ts'

/** What each kind is called, what it means and what to do. */
export const DRIFT_KINDS: Record<DriftKind, { name: string; title: string; advice: string }> = {
  'new-field': {
    name: 'New field',
    title: 'New fields',
    advice:
      'The partner sends more than the schema declares. Map it if it matters, then add it to the source schema.',
  },
  'vanished-field': {
    name: 'Missing field',
    title: 'Missing fields',
    advice:
      'A field that the schema requires is not there. Rules that read it give nothing: open the mapping and say where the value comes from now.',
  },
  'new-value': {
    name: 'New value',
    title: 'New values',
    advice:
      'A value that no table knows. Add a table entry; messages that were parked for it can then be replayed.',
  },
  'type-change': {
    name: 'Other type',
    title: 'Other types',
    advice:
      'The field holds another type than declared. Try its rule on such a message in the playground before money or quantities depend on it.',
  },
}

export const DRIFT_ORDER = Object.keys(DRIFT_KINDS) as DriftKind[]
