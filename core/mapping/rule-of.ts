import type { Lineage } from './mapper.ts'

const BESIDE: Readonly<Record<string, string>> = { externalId: 'identity' }

/**
 * The rule behind a place of a document: the one that gives it, else of what it holds, else of what it is part of. An
 * item of an array that is too much or too few is due to the rule of the array.
 */
export function ruleOf(lineage: readonly Lineage[], pointer: string): Lineage | undefined {
  const exact = lineage.find(rule => covers(rule.pointer, pointer))
  if (exact) return exact
  const cut = pointer.lastIndexOf('/')
  if (cut < 0) return lineage.find(rule => rule.pointer === (BESIDE[pointer] ?? pointer))
  const isItem = /\/\d+$/.test(pointer)
  const within = isItem ? undefined : lineage.find(rule => covers(rule.pointer, pointer, true))
  return within ?? (cut > 0 ? ruleOf(lineage, pointer.slice(0, cut)) : undefined)
}

/** Whether a pointer with `*` for positions stands for this one, or with `within` for something in it. */
function covers(pattern: string, pointer: string, within = false): boolean {
  const [asked, names] = [pattern.split('/'), pointer.split('/')]
  const fits = within ? asked.length > names.length : asked.length === names.length
  return fits && names.every((name, index) => asked[index] === name || asked[index] === '*')
}
