import jsonata from 'jsonata'
import type { Block, Node } from './ast.ts'

/** Such a text could reach beyond the separators that are put around it. */
const REACHES_OUT = /;|\/\*/

const SEPARATOR = '\n;\n'

/**
 * The syntax trees of many expressions by their text. The parser builds all its symbols anew for every text it is given,
 * which takes far longer than an expression: so it gets one block of them. What does not parse that way is left out.
 */
export function parseTogether(texts: Iterable<string>): ReadonlyMap<string, Node> {
  const fit = [...new Set(texts)].filter(text => text.trim() !== '' && !REACHES_OUT.test(text))
  const trees = new Map<string, Node>()
  const nodes = statementsOf(`(${fit.join(SEPARATOR)})`)
  // The only semicolons are the separators: as many statements as texts, so each text is a whole expression.
  if (nodes?.length !== fit.length) return trees
  const seen = new Set<unknown>()
  let start = 1
  for (const [index, text] of fit.entries()) {
    moveBack(nodes[index]!, start, seen)
    trees.set(text, nodes[index]!)
    start += text.length + SEPARATOR.length
  }
  return trees
}

function statementsOf(block: string): Node[] | null {
  try {
    const root = jsonata(block).ast() as unknown as Block
    return root.type === 'block' ? root.expressions : null
  } catch {
    // Which of the texts is wrong, and where, is found when each is parsed by itself.
    return null
  }
}

/** Makes positions in the block positions in the text that begins at `start`. */
function moveBack(part: unknown, start: number, seen: Set<unknown>): void {
  if (typeof part !== 'object' || part === null || seen.has(part)) return
  seen.add(part)
  const node = part as Record<string, unknown>
  for (const name of Object.keys(node)) {
    const value = node[name]
    if (name === 'position' && typeof value === 'number') node[name] = value - start
    else moveBack(value, start, seen)
  }
}
