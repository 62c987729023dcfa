import type { Problem } from '../../contracts/mapper.ts'

/** A position in a mapping file, 1-based. */
export interface Place {
  line: number
  column: number
}

/** What can be wrong with a mapping file, each with what it means. */
export const PROBLEM_CODES = {
  YAML_SYNTAX: 'The file is not YAML.',
  KEY_DUPLICATE: 'A key stands twice in one map.',
  KEY_UNKNOWN: 'A key that the mapping format does not have.',
  KEY_MISSING: 'A key that every mapping needs.',
  VALUE_WRONG: 'A value of the wrong form.',
  EXPRESSION_SYNTAX: 'A leaf is not JSONata.',
  EXPRESSION_WRONG: 'An expression that cannot be lowered.',
  FUNCTION_UNKNOWN: 'A function that does not exist.',
  ARGUMENTS_WRONG: 'Too few or too many arguments.',
  VARIABLE_UNKNOWN: 'A variable that nothing binds.',
  TABLE_UNKNOWN: 'A table that the mapping does not have.',
  SCHEMA_UNKNOWN: 'A canonical schema that does not exist.',
  TARGET_UNKNOWN: 'A leaf that the canonical schema does not have.',
  TARGET_UNFILLED: 'A required leaf that no rule fills.',
  TYPE_WRONG: 'A value that can never fit its leaf.',
  SOURCE_UNKNOWN: 'A field that the canonical document read by an outgoing mapping does not have.',
  TOPIC_TAKEN: 'Two mappings for one topic of one connector.',
} as const

export type ProblemCode = keyof typeof PROBLEM_CODES

/** Collects what is wrong with one file; nothing stops at the first problem. */
export class Problems {
  readonly file: string
  readonly list: Problem[] = []

  constructor(file: string) {
    this.file = file
  }

  add(code: ProblemCode, place: Place, message: string, hint?: string): void {
    this.#push('error', code, place, message, hint)
  }

  warn(code: ProblemCode, place: Place, message: string, hint?: string): void {
    this.#push('warning', code, place, message, hint)
  }

  get failed(): boolean {
    return this.list.some(problem => problem.severity === 'error')
  }

  /** In the order of the file. */
  sorted(): Problem[] {
    return this.list.toSorted((a, b) => a.line - b.line || a.column - b.column)
  }

  #push(
    severity: Problem['severity'],
    code: ProblemCode,
    { line, column }: Place,
    message: string,
    hint?: string,
  ): void {
    this.list.push({ code, severity, file: this.file, line, column, message, ...(hint ? { hint } : {}) })
  }
}
