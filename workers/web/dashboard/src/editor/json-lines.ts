import { jsonLanguage } from '@codemirror/lang-json'

type SyntaxNode = ReturnType<typeof jsonLanguage.parser.parse>['topNode']

/** Lines (1-based) on which the values of JSON pointers begin; a pointer that leads nowhere is left out. */
export function linesOfPointers(text: string, pointers: readonly string[]): number[] {
  if (pointers.length === 0) return []
  const top = jsonLanguage.parser.parse(text).topNode.firstChild
  const found = pointers.map(pointer => nodeAt(top, pointer, text)).filter(node => node !== null)
  const starts = lineStarts(text)
  return found.map(node => starts.findLastIndex(start => start <= node.from) + 1)
}

function nodeAt(top: SyntaxNode | null, pointer: string, text: string): SyntaxNode | null {
  let node = top
  for (const part of pointer.split('/').slice(1)) {
    if (!node) return null
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    node = node.name === 'Array' ? item(node, Number(name)) : member(node, name, text)
  }
  return node
}

/** Brackets and commas are nodes too; values are named by a word. */
function item(node: SyntaxNode, index: number): SyntaxNode | null {
  let left = index
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (/^[A-Z]/.test(child.name) && left-- === 0) return child
  return null
}

function member(node: SyntaxNode, name: string, text: string): SyntaxNode | null {
  const property = node.getChildren('Property').find(({ firstChild }) => {
    if (firstChild?.name !== 'PropertyName') return false
    // Where a name is being typed, the parser puts an empty one.
    const written = text.slice(firstChild.from, firstChild.to)
    return written !== '' && JSON.parse(written) === name
  })
  return property?.lastChild ?? null
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
