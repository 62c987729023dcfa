import { join } from 'node:path/posix'
import { parse } from 'yaml'
import type { MappedDocument, Mapper, Plan, RunContext, RunProblem, RunResult } from '../contracts/mapper.ts'
import { type Difference, differences, missingParts } from './differences.ts'

/** One case of a `.test.yaml`: an input and what must come of it. */
export interface MappingCase {
  name: string
  topic?: string
  headers?: Record<string, string>
  /** Bound as `$connection`; its settings also as `$settings`. */
  connection?: { id?: string; tenant?: string; settings?: Record<string, unknown> }
  /** Entries that an operator added. */
  tables?: RunContext['tables']
  input?: unknown
  /** Path of a JSON file, from the folder of the test file. */
  file?: string
  expect?: unknown
  include?: unknown
  externalId?: string
  number?: string
  revision?: number
  dependsOn?: MappedDocument['dependsOn']
  problem?: Partial<RunProblem>
  skipped?: string
}

export interface CaseResult {
  name: string
  ok: boolean
  /** One line for each difference; empty when all is as expected. */
  differences: string[]
}

export type ReadFile = (path: string) => string

const KEYS: ReadonlySet<string> = new Set([
  ...['name', 'topic', 'headers', 'connection', 'tables', 'input', 'file'],
  ...['expect', 'include', 'externalId', 'number', 'revision', 'dependsOn', 'problem', 'skipped'],
])

/** Runs every case of a test file against a plan. A file or case that cannot be read is a failed case, never a silent one. */
export function runCases(
  mapper: Mapper,
  plan: Plan,
  file: { path: string; text: string },
  readFile: ReadFile,
): CaseResult[] {
  const content = parse(file.text) as { cases?: unknown } | null
  const { cases } = content ?? {}
  if (!Array.isArray(cases) || cases.length === 0)
    return [{ name: file.path, ok: false, differences: ['The file has no `cases`.'] }]
  const folder = join(file.path, '..')
  return (cases as MappingCase[]).map(one => runCase(mapper, plan, one, path => readFile(join(folder, path))))
}

function runCase(mapper: Mapper, plan: Plan, one: MappingCase, readFile: ReadFile): CaseResult {
  const unknown = Object.keys(one)
    .filter(key => !KEYS.has(key))
    .map(key => `A case has no \`${key}\`.`)
  const expectations = [
    'expect',
    'include',
    'externalId',
    'number',
    'revision',
    'dependsOn',
    'problem',
    'skipped',
  ] as const
  const nothing = expectations.every(key => one[key] === undefined) ? ['The case expects nothing.'] : []
  const found = [
    ...unknown,
    ...nothing,
    ...compare(one, mapper.run(plan, inputOf(one, readFile), contextOf(one))),
  ]
  return { name: one.name, ok: found.length === 0, differences: found }
}

const inputOf = ({ input, file }: MappingCase, readFile: ReadFile): unknown =>
  file === undefined ? input : JSON.parse(readFile(file))

function contextOf({ topic, headers = {}, connection = {}, tables }: MappingCase): RunContext {
  const settings = connection.settings ?? {}
  const bound = { id: 'case', tenant: 'case', ...connection, settings }
  return { bindings: { topic, headers, connection: bound, settings }, ...(tables ? { tables } : {}) }
}

function compare(one: MappingCase, result: RunResult): string[] {
  if (one.skipped !== undefined) return compareSkip(one.skipped, result)
  if (one.problem !== undefined) return compareProblem(one.problem, result)
  if (!result.ok) return describeFailure(result)
  const { output } = result
  return [
    ...('expect' in one ? lines(differences(one.expect, output.body)) : []),
    ...('include' in one ? lines(missingParts(one.include, output.body)) : []),
    ...(['externalId', 'number', 'revision', 'dependsOn'] as const).flatMap(key =>
      one[key] === undefined ? [] : lines(differences(one[key], output[key])).map(line => `${key}${line}`),
    ),
  ]
}

function compareSkip(reason: string, result: RunResult): string[] {
  if (!result.ok && 'skipped' in result)
    return result.skipped === reason
      ? []
      : [`Expected the record to be skipped as ${reason}, but it is skipped as ${result.skipped}.`]
  return [`Expected the record to be skipped as ${reason}.`, ...describeFailure(result)]
}

function compareProblem(expected: Partial<RunProblem>, result: RunResult): string[] {
  if (result.ok) return ['Expected a problem, but the record was mapped.']
  if ('skipped' in result) return describeFailure(result)
  const fits = (problem: RunProblem) => missingParts(expected, problem).length === 0
  return result.problems.some(fits)
    ? []
    : [`Expected the problem ${JSON.stringify(expected)}.`, ...describeFailure(result)]
}

function describeFailure(result: RunResult): string[] {
  if (result.ok) return ['The record was mapped.']
  if ('skipped' in result) return [`The record was skipped as ${result.skipped}.`]
  return result.problems.map(({ code, message, line, column }) => `${code} at ${line}:${column}: ${message}`)
}

const lines = (found: Difference[]): string[] =>
  found.map(
    ({ pointer, expected, actual }) => `${pointer || '/'}: expected ${show(expected)}, got ${show(actual)}`,
  )

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 197)}…` : text
}
