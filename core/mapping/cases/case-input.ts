import { join } from 'node:path/posix'
import type { RunContext } from '../../contracts/mapper.ts'
import { asHubError } from '../../errors/hub-error.ts'
import { parseJson } from '../../kernel/parse-json.ts'
import type { MappingCase } from './case-file.ts'

/** The text of a file, by its path from the folder of the mappings; throws where there is none. */
export type ReadFile = (path: string) => string

export interface CaseInput {
  record: unknown
  context: RunContext
}

/** What a case gives to its mapping, or a sentence on why it cannot be read. `from`: path of the test file. */
export function caseInput(
  one: MappingCase,
  { from, readFile }: { from: string; readFile: ReadFile },
): CaseInput | { complaint: string } {
  const context = contextOf(one)
  if (one.file === undefined)
    return 'input' in one
      ? { record: one.input, context }
      : { complaint: 'The case has neither `input` nor `file`.' }
  const path = join(from, '..', String(one.file))
  try {
    return { record: parseJson(Buffer.from(readFile(path))), context }
  } catch (thrown) {
    return { complaint: `\`file\` names ${path}: ${reasonOf(thrown)}` }
  }
}

function reasonOf(thrown: unknown): string {
  if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return 'it is not there.'
  return asHubError(thrown).detail
}

function contextOf({ topic, headers = {}, connection = {}, tables }: MappingCase): RunContext {
  const settings = connection.settings ?? {}
  const bound = { id: 'case', tenant: 'case', ...connection, settings }
  return { bindings: { topic, headers, connection: bound, settings }, ...(tables ? { tables } : {}) }
}
