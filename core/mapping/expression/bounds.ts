import type { Node } from './ast.ts'
import { children } from './walk.ts'

/** Characters of one expression of a mapping. */
export const MAX_TEXT = 20_000

/** How many parts may stand inside each other, counting the steps of a path: generated code nests as deep. */
export const MAX_NESTING = 250

/** How often over the parser may process what it writes twice, in all expressions of a file. */
export const MAX_DUPLICATION = 2 ** 14

/**
 * Upper bound of how often the parser processes some part of a text: it writes the left side of `?:` and `??` twice, so
 * those inside each other double, and each that has one on its left has a closing bracket there.
 */
export function duplication(text: string): number {
  const defaults = text.match(/\?[:?]/g)?.length ?? 0
  return defaults === 0 ? 1 : 2 ** Math.min(defaults, text.match(/[)\]}]/g)?.length ?? 0)
}

export function isTooDeep(node: Node, left: number): boolean {
  const rest = left - lengthOf(node)
  return rest < 0 || children(node).some(child => isTooDeep(child, rest))
}

const lengthOf = (node: Node): number =>
  1 +
  (node.type === 'path' ? node.steps.length : 0) +
  (node.stages?.length ?? 0) +
  (node.predicate?.length ?? 0)
