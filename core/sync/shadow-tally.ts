import type { SourceOrder } from '../contracts/store.ts'
import { type Change, leafOf, type ShadowDocument, type ShadowReport } from './shadow-report.ts'

const MOST_DOCUMENTS = 500
const MOST_DIFFERENCES = 50

/** How a document would stand after the messages so far. */
export interface Standing {
  order: SourceOrder
  hash: string
}

/** A changed document with all its differences. */
export type Changed = Omit<ShadowDocument, 'differences' | 'moreDifferences'> & { differences: Change[] }

interface Entry extends Standing {
  state: 'unchanged' | 'outdated' | 'changed'
  destinations: readonly string[]
  leaves: readonly string[]
  /** Kept in full for the first ones only. */
  row: ShadowDocument | null
}

type Totals = Omit<ShadowReport, 'mapping' | 'scope' | 'messages' | 'compared' | 'notCompared'>

/** What is known of each document; small per document, however much of it changes. */
export class ShadowTally {
  readonly #entries = new Map<string, Entry>()
  #rows = 0

  standing(key: string): Standing | undefined {
    return this.#entries.get(key)
  }

  keep(key: string, standing: Standing, state: 'unchanged' | 'outdated'): void {
    this.#set(key, { ...pick(standing), state, destinations: [], leaves: [], row: null })
  }

  change(key: string, standing: Standing, changed: Changed): void {
    const leaves = [...new Set(changed.differences.map(({ pointer }) => leafOf(pointer)))]
    const { destinations } = changed
    this.#set(key, {
      ...pick(standing),
      state: 'changed',
      destinations,
      leaves,
      row: this.#row(key, changed),
    })
  }

  totals(): Totals {
    const entries = [...this.#entries.values()]
    const changed = entries.filter(({ state }) => state === 'changed')
    const documents = changed.flatMap(({ row }) => row ?? [])
    const writes = changed.flatMap(({ destinations }) => destinations)
    return {
      unchanged: entries.filter(({ state }) => state === 'unchanged').length,
      outdated: entries.filter(({ state }) => state === 'outdated').length,
      changed: changed.length,
      writes: writes.length,
      destinations: counted(writes).map(([connection, writes]) => ({ connection, writes })),
      documents,
      more: changed.length - documents.length,
      leaves: counted(changed.flatMap(({ leaves }) => leaves)).map(([pointer, documents]) => ({
        ...{ pointer, documents },
      })),
    }
  }

  #row(key: string, changed: Changed): ShadowDocument | null {
    if (this.#rows >= MOST_DOCUMENTS && !this.#entries.get(key)?.row) return null
    const { differences } = changed
    return {
      ...changed,
      differences: differences.slice(0, MOST_DIFFERENCES),
      moreDifferences: Math.max(0, differences.length - MOST_DIFFERENCES),
    }
  }

  #set(key: string, entry: Entry): void {
    this.#rows += Number(entry.row !== null) - Number((this.#entries.get(key)?.row ?? null) !== null)
    this.#entries.set(key, entry)
  }
}

const pick = ({ order, hash }: Standing): Standing => ({ order, hash })

/** How often each stands there, most frequent first. */
function counted(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([a, many], [b, more]) => more - many || a.localeCompare(b))
}
