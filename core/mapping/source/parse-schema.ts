import { LineCounter } from 'yaml'
import type { JsonSchema } from '../../contracts/connector.ts'
import type { MappingFile, Problem } from '../../contracts/mapper.ts'
import { Problems } from './problems.ts'

/** A schema file as JSON; what is wrong with it is placed as in a mapping. */
export function parseSchema({ path, text }: MappingFile): { schema: JsonSchema | null; problems: Problem[] } {
  const problems = new Problems(path)
  const schema = readJson(text, (offset, message) =>
    problems.add('SCHEMA_BROKEN', placeIn(text, offset), message),
  )
  return { schema, problems: problems.list }
}

/** References that lead nowhere: nothing below them would be checked. */
export function checkReferences(
  { path, text }: MappingFile,
  isKnown: (reference: string) => boolean,
): Problem[] {
  const problems = new Problems(path)
  for (const { 1: quoted = '', index } of text.matchAll(/"\$ref"\s*:\s*("(?:[^"\\]|\\.)*")/g)) {
    const reference = JSON.parse(quoted) as string
    if (isKnown(reference)) continue
    const place = placeIn(text, text.indexOf(quoted, index))
    problems.add('SCHEMA_BROKEN', place, `There is no schema \`${reference}\`.`)
  }
  return problems.list
}

function readJson(text: string, report: (offset: number, message: string) => void): JsonSchema | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    report(offsetOf((error as Error).message, text), 'The schema is not JSON.')
    return null
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonSchema
  report(0, 'A schema must be an object.')
  return null
}

/** The engine says where, except at the end of the text. */
const offsetOf = (message: string, text: string): number =>
  Number(/ at position (\d+)/.exec(message)?.[1] ?? text.length)

function placeIn(text: string, offset: number): { line: number; column: number } {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}
