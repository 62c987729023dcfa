import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { MappedDocument, RunContext, RunProblem } from '../../contracts/mapper.ts'
import { nearest } from '../check/nearest.ts'

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

/** A position in the test file, 1-based. */
interface CasePlace {
  line: number
  column: number
}

export interface PlacedCase extends CasePlace {
  given: MappingCase
  /** What is wrong with the case itself, a sentence each. */
  complaints: string[]
}

export interface CaseFileContent {
  cases: PlacedCase[]
  /** What is wrong with the file, each with its place; then there are no cases. */
  complaints: (CasePlace & { sentence: string })[]
}

const EXPECTATIONS = [
  ...['expect', 'include', 'externalId', 'number'],
  ...['revision', 'dependsOn', 'problem', 'skipped'],
]

const KEYS = ['name', 'topic', 'headers', 'connection', 'tables', 'input', 'file', ...EXPECTATIONS]

/** The cases of a test file, each with where it stands. */
export function readCaseFile(text: string): CaseFileContent {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const placeAt = (offset: number): CasePlace => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const broken = document.errors.map(({ message, pos }) => ({
    sentence: `The cases cannot be run: ${message.replace(/\.?$/, '.')}`,
    ...placeAt(pos[0]),
  }))
  if (broken.length > 0) return { cases: [], complaints: broken }
  const list = isMap(document.contents) ? document.get('cases', true) : undefined
  if (!isSeq(list) || list.items.length === 0) {
    const sentence = ['The file has no `cases`.', nearRootKey(document.contents)].filter(Boolean).join(' ')
    return { cases: [], complaints: [{ sentence, line: 1, column: 1 }] }
  }
  const cases = list.items.map((item, index) => {
    const node = item as Node
    const given = node.toJS(document) as unknown
    return { ...readCase(given, index), ...placeAt(node.range?.[0] ?? 0) }
  })
  return { cases, complaints: [] }
}

function nearRootKey(root: Node | null): string | undefined {
  if (!isMap(root)) return undefined
  const keys = root.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''))
  const other = keys.find(key => key !== 'cases' && nearest(key, ['cases']))
  return other && `Is \`${other}\` meant?`
}

function readCase(given: unknown, index: number): Pick<PlacedCase, 'given' | 'complaints'> {
  const name = `case ${index + 1}`
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { given: { name }, complaints: ['A case must be a map.'] }
  const keys = Object.keys(given)
  const has = (key: string) => keys.includes(key)
  const complaints = keys.filter(key => !KEYS.includes(key)).map(unknownKey)
  if (!EXPECTATIONS.some(has)) complaints.push('The case expects nothing.')
  if (has('input') && has('file')) complaints.push('The case has both `input` and `file`.')
  return { given: { name, ...given }, complaints }
}

const unknownKey = (key: string): string =>
  [`A case has no \`${key}\`.`, nearest(key, KEYS)].filter(Boolean).join(' ')
