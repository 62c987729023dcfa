import { HubError } from '#core/errors/hub-error.ts'

export type Path = readonly (string | number)[]

export interface ConfigProblem {
  code: 'CONFIG_INVALID' | 'CONFIG_UNRESOLVED' | 'SECRET_MISSING'
  path: Path
  /** What is wrong, without the value: it may be a secret. */
  message: string
  fix: string
}

/** Collects everything that is wrong, so that the operator corrects it in one go. */
export class Problems {
  readonly #found: ConfigProblem[] = []
  readonly #locate: (path: Path) => string

  /** `locate`: where a path was written: `config/hub.yaml:12:5 connections[0].id` or `HUB_PORT`. */
  constructor(locate: (path: Path) => string) {
    this.#locate = locate
  }

  add(...problems: ConfigProblem[]): void {
    this.#found.push(...problems)
  }

  invalid(path: Path, message: string, fix: string): void {
    this.add({ code: 'CONFIG_INVALID', path, message, fix })
  }

  /** Whether what is wrong here only follows from a reference that did not resolve. */
  follows(path: Path): boolean {
    return this.#found.some(({ code, path: outer }) => code === 'CONFIG_UNRESOLVED' && within(path, outer))
  }

  /** One error whose detail has a line for each problem, without those that only follow from another. */
  throwIfAny(): void {
    const told = this.#found.filter(({ code, path }) => code === 'CONFIG_UNRESOLVED' || !this.follows(path))
    if (told.length === 0) return
    const codes = new Set(told.map(({ code }) => code))
    const code = codes.size === 1 ? [...codes][0]! : 'CONFIG_INVALID'
    throw new HubError(code, { detail: told.map(problem => this.#line(problem)).join('\n') })
  }

  #line({ path, message, fix }: ConfigProblem): string {
    return `${this.#locate(path)}: ${message} — fix: ${fix}`
  }
}

export const formatPath = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  )

const within = (path: Path, outer: Path): boolean => outer.every((part, index) => path[index] === part)
