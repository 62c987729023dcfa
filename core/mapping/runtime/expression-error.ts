interface Details {
  position?: number | undefined
  token?: string | number | undefined
  value?: unknown
  message?: string | undefined
}

/** An error of an expression, with JSONata's code (T2001, D3030 …) and what its message speaks of. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly code: string
  position: number | undefined
  token: string | number | undefined
  readonly value: unknown

  constructor(code: string, details: Details = {}) {
    super(details.message ?? messageOf(code, details))
    this.code = code
    this.position = details.position
    this.token = details.token
    this.value = details.value
  }
}

/** What the reference's own functions throw: a plain object with a code. */
interface ReferenceFault extends Details {
  code: string
}

/** A budget of the run is used up; the code is the one that JSONata's own guard against runaways has. */
export const overBudget = (message: string): ExpressionError => new ExpressionError('U1001', { message })

export const tooDeep = (): ExpressionError => overBudget('The expression recurses too deep.')

/** Anything thrown while an expression ran, as an `ExpressionError`; a HubError stays what it is and gives null. */
export function asExpressionError(thrown: unknown): ExpressionError | null {
  if (thrown instanceof ExpressionError) return thrown
  if (thrown instanceof RangeError) return tooDeep()
  if (thrown instanceof TypeError)
    return new ExpressionError('T1006', { message: `The value does not fit the function: ${thrown.message}` })
  if (typeof thrown !== 'object' || thrown === null || thrown instanceof Error) return null
  const fault = thrown as ReferenceFault
  return typeof fault.code === 'string' ? new ExpressionError(fault.code, fault) : null
}

/** What people read; the reference has the same codes with longer words. */
const MESSAGES: Readonly<Record<string, string>> = {
  D1001: 'A number is out of range.',
  D1002: 'Only a number can be negated.',
  T1003: 'The key of an object must be a text.',
  D1004: 'The regular expression matches an empty text.',
  T1005: 'It is called but is no function; did you forget the `$`?',
  T1006: 'It is called but is no function.',
  T1007: 'It is partially applied but is no function; did you forget the `$`?',
  T1008: 'It is partially applied but is no function.',
  D1009: 'Several keys of an object come to the same text.',
  T1010: 'The matcher did not give a match.',
  D1013: 'Names that begin with `_jsonata_` are reserved.',
  T2001: 'The left side of the operator is not a number.',
  T2002: 'The right side of the operator is not a number.',
  T2003: 'The left side of the range is not a whole number.',
  T2004: 'The right side of the range is not a whole number.',
  T2006: 'The right side of `~>` is not a function.',
  T2007: 'Values of different types cannot be sorted.',
  T2008: 'Only numbers and texts can be sorted.',
  T2009: 'Values of different types cannot be compared.',
  T2010: 'Only numbers and texts can be compared.',
  T2011: 'The update of a transform is not an object.',
  T2012: 'The deletion of a transform is not a list of names.',
  T2013: 'The transform needs `$clone`, which is no function here.',
  D2014: 'The range is too large.',
  D2015: 'The result is too large.',
  D3001: 'Infinity and NaN have no text.',
  D3030: 'The value cannot be read as a number.',
  T0410: 'An argument does not fit the function.',
  T0411: 'The context does not fit the function.',
  T0412: 'An argument must be a list of one type.',
}

function messageOf(code: string, { token, value }: Details): string {
  const text = MESSAGES[code] ?? `The expression failed with ${code}.`
  const shown = typeof value === 'number' || typeof value === 'boolean' ? ` Value: ${String(value)}.` : ''
  return token ? `${text} (\`${token}\`)${shown}` : `${text}${shown}`
}
