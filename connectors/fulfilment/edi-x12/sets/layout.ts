/** A segment in its place: `many`, how often it may stand there; `inside`, the segments of its loop, in their order. */
export interface Place {
  readonly id: string
  readonly many: boolean
  readonly inside: readonly Place[]
}

/**
 * A transaction set in short: segment ids in their order, `*` where one may be repeated, its loop in brackets:
 * `BEG N1*(N3* N4) PO1*(PID*) CTT`.
 */
export function layout(text: string): readonly Place[] {
  const tokens = text.match(/[A-Z0-9]+|[*()]/g) ?? []
  const root: Place[] = []
  const stack: Place[][] = [root]
  for (const token of tokens) {
    const places = stack[stack.length - 1]!
    const last = places[places.length - 1]
    if (token === '*' && last) places[places.length - 1] = { ...last, many: true }
    else if (token === '(' && last) stack.push(last.inside as Place[])
    else if (token === ')') stack.pop()
    else places.push({ id: token, many: false, inside: [] })
  }
  return root
}
