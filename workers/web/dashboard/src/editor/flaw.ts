/** Something wrong at a place of a text, 1-based. */
export interface Flaw {
  severity: 'error' | 'warning'
  line: number
  column: number
  message: string
  hint?: string
}
