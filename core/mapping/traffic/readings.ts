import type { Leaf } from '../check/shape.ts'

/** A field that some rule reads. */
interface Reading {
  /** Names; in the path of a wildcard `*` is any name and `**` any names. Items of arrays are left out. */
  names: readonly string[]
  /** With everything that is in it. */
  whole: boolean
}

/**
 * Says of a field whether some rule reads it: itself, with all that is around it, or, where it is empty in a payload,
 * something below it. `*` in the path of the field stands for the items of an array.
 */
export function readings(leaves: readonly Leaf[]): (path: readonly string[]) => boolean {
  const all = allReadings(leaves)
  return path => {
    const field = path.filter(name => name !== '*')
    return all.some(reading => covers(reading, field))
  }
}

function allReadings(leaves: readonly Leaf[]): Reading[] {
  const whole = new Set(leaves.flatMap(leaf => leaf.whole))
  const wild = new Set(leaves.flatMap(leaf => leaf.wild ?? []))
  return [...new Set(leaves.flatMap(leaf => leaf.sources))].map(pointer => ({
    names: namesOf(pointer).filter(name => name !== '*' || wild.has(pointer)),
    whole: whole.has(pointer),
  }))
}

const namesOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'))

function covers({ names, whole }: Reading, field: readonly string[]): boolean {
  // A name at any depth may be below every field: only where it is found is it read.
  const mayEndAbove = !names.includes('**')
  const from = (index: number, at: number): boolean => {
    const name = names[index]
    if (at === field.length) return mayEndAbove || name === undefined
    if (name === undefined) return whole
    if (name === '*') return from(index + 1, at) || from(index + 1, at + 1)
    if (name === '**') return from(index + 1, at) || from(index, at + 1)
    return name === field[at] && from(index + 1, at + 1)
  }
  return from(0, 0)
}
