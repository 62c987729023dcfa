import type { Mapper, MappingFile, Plan } from '../contracts/mapper.ts'
import { type PlacedCase, readCaseFile } from './cases/case-file.ts'
import { caseInput, type ReadFile } from './cases/case-input.ts'
import { judgeCase, type Verdict } from './cases/judge-case.ts'
import type { Difference } from './differences.ts'

export type { ReadFile } from './cases/case-input.ts'

export interface CaseResult {
  name: string
  ok: boolean
  /** One line for each difference; empty when all is as expected. */
  differences: string[]
}

/** A result with all that a tool needs to show it. */
export interface CaseReport extends CaseResult, Verdict {
  /** Where the case, or what is wrong with the file, stands in the test file; 1-based. */
  line: number
  column: number
}

/** Runs every case of a test file against a plan. A file or case that cannot be read is a failed case, never a silent one. */
export const runCases = (mapper: Mapper, plan: Plan, file: MappingFile, readFile: ReadFile): CaseResult[] =>
  reportCases({ mapper, plan, readFile }, file).map(({ name, ok, differences }) => ({
    name,
    ok,
    differences,
  }))

/** As `runCases`, with places and leaves. */
export function reportCases(subject: CaseSubject, { path, text }: MappingFile): CaseReport[] {
  const { cases, complaints } = readCaseFile(text)
  const broken = complaints.map(({ sentence, line, column }) =>
    report(path, { line, column }, { complaints: [`${line}:${column} ${sentence}`], leaves: [] }),
  )
  return [...broken, ...cases.map(one => report(one.given.name, one, judge(subject, one, path)))]
}

/** What a test file is run against. */
export interface CaseSubject {
  mapper: Mapper
  plan: Plan
  readFile: ReadFile
}

function judge({ mapper, plan, readFile }: CaseSubject, { given, complaints }: PlacedCase, from: string) {
  const input = caseInput(given, { from, readFile })
  if ('complaint' in input) return { complaints: [...complaints, input.complaint], leaves: [] }
  const verdict = judgeCase(given, mapper.run(plan, input.record, input.context))
  return { ...verdict, complaints: [...complaints, ...verdict.complaints] }
}

function report(
  name: string,
  { line, column }: Pick<CaseReport, 'line' | 'column'>,
  { complaints, leaves }: Verdict,
): CaseReport {
  const differences = [...complaints, ...leaves.map(lineOf)]
  return { name, ok: differences.length === 0, differences, complaints, leaves, line, column }
}

const lineOf = ({ pointer, expected, actual }: Difference): string =>
  `${pointer || '/'}: expected ${show(expected)}, got ${show(actual)}`

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 197)}…` : text
}
