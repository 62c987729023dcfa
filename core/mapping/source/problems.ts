import type { Problem } from '../../contracts/mapper.ts'

/** A position in a mapping file, 1-based. */
export interface Place {
  /** Present where it is in an overlay. */
  file?: string
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
  TYPE_WRONG: 'A value that can never fit its leaf or its function.',
  SOURCE_UNKNOWN: 'A field that the source schema, the canonical document or the settings do not have.',
  SCHEMA_BROKEN: 'A schema file that cannot be read.',
  ENUM_UNMAPPED: 'A value that the source may send and no entry of the table answers.',
  ENUM_UNKNOWN: 'A key of a table that the source cannot send.',
  TABLE_UNUSED: 'A table that no expression asks.',
  VARIABLE_UNUSED: 'A variable that no expression reads.',
  OVERLAY_MISFIT: 'An overlay takes away what the mapping below it does not have.',
  MAPPING_UNKNOWN: 'A mapping that does not exist.',
  TOPIC_TAKEN: 'Two mappings for one topic of one connector.',
} as const

export type ProblemCode = keyof typeof PROBLEM_CODES

/** Collects what is wrong with one mapping; nothing stops at the first problem. */
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

  /** In the order of the file; those of overlays behind it. */
  sorted(): Problem[] {
    const rank = ({ file }: Problem) => (file === this.file ? '' : file)
    return this.list.toSorted(
      (a, b) => rank(a).localeCompare(rank(b)) || a.line - b.line || a.column - b.column,
    )
  }

  #push(
    severity: Problem['severity'],
    code: ProblemCode,
    { file = this.file, line, column }: Place,
    message: string,
    hint?: string,
  ): void {
    this.list.push({ code, severity, file, line, column, message, ...(hint ? { hint } : {}) })
  }
}

/** Problems as people read them, a line each. */
export const linesOf = (problems: readonly Problem[]): string =>
  problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n')
