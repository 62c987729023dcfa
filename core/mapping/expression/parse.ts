import jsonata from 'jsonata'
import type { Lambda, Node, Signature } from './ast.ts'

export interface SyntaxFault {
  /** JSONata's code, e.g. `S0202`. */
  code: string
  message: string
  /** Offset in the expression. */
  offset: number
  /** As the parser says it: usually the end of the token. */
  position?: number
  token?: string | number
}

export type Parsed = { ast: Node; fault: null } | { ast: null; fault: SyntaxFault }

/** An expression that is not even tried. */
export const refusal = (message: string): Parsed => ({
  ast: null,
  fault: { code: 'U1001', message, offset: 0 },
})

/** The expression's syntax tree, or where and why it is not JSONata. */
export function parseExpression(text: string): Parsed {
  try {
    return { ast: jsonata(text).ast() as unknown as Node, fault: null }
  } catch (thrown) {
    const { code, message, position, token } = thrown as {
      code?: string
      message?: string
      position?: number
      token?: string | number
    }
    const offset = startOfToken(text, position ?? 0, token)
    if (thrown instanceof RangeError) return refusal('The expression nests too deep.')
    const fault = { code: code ?? 'S0500', message: message ?? String(thrown), offset, position, token }
    return { ast: null, fault }
  }
}

/** The parser gives the end of a token; people look for its start. */
export function startOfToken(text: string, end: number, token: unknown): number {
  const length = typeof token === 'string' ? token.length : 0
  const start = end - length
  return start >= 0 && text.slice(start, end) === token ? start : Math.min(end, text.length)
}

/** Where a node begins in the text, as near as the parser tells. */
export function offsetOf(text: string, node: Node): number {
  if (node.type === 'path') return offsetOf(text, node.steps[0]!)
  if (node.type === 'function' || node.type === 'partial') return offsetOf(text, node.procedure)
  if (node.type === 'binary' || node.type === 'apply') return offsetOf(text, node.lhs)
  const end = node.position ?? 0
  if (node.type === 'variable') return Math.max(0, end - node.value.length - 1)
  if (node.type === 'string') return startOfString(text, end)
  if (node.type === 'number')
    return end - (/[0-9.]+([eE][-+]?[0-9]+)?$/.exec(text.slice(0, end))?.[0].length ?? 0)
  if (node.type === 'value') return end - String(node.value).length
  if (node.type !== 'name') return startOfToken(text, end, (node as { value?: unknown }).value)
  return text[end - 1] === '`' ? end - node.value.length - 2 : startOfToken(text, end, node.value)
}

/** The quote that opens the text whose closing quote is before `end`: no quote in between stands without a backslash. */
function startOfString(text: string, end: number): number {
  const quote = text[end - 1]!
  let start = end - 2
  while (start > 0 && (text[start] !== quote || /(?:^|[^\\])(?:\\\\)*\\$/.test(text.slice(0, start)))) start--
  return Math.max(start, 0)
}

/** A signature such as `<s-n?:s>` through the parser of the reference, which is reachable by a lambda that carries it. */
export function parseSignature(definition: string): Signature {
  const lambda = jsonata(`function()${definition}{0}`).ast() as unknown as Lambda
  return lambda.signature!
}
