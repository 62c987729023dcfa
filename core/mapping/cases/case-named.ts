import { HubError } from '../../errors/hub-error.ts'
import { nearest } from '../check/nearest.ts'
import { readCaseFile } from './case-file.ts'
import { type CaseInput, caseInput, type ReadFile } from './case-input.ts'

/** What one case of a test file gives to its mapping; throws where there is no such case, or it cannot be read. */
export function caseNamed(
  { path, text }: { path: string; text: string },
  name: string,
  readFile: ReadFile,
): CaseInput {
  const { cases } = readCaseFile(text)
  const found = cases.find(({ given }) => given.name === name)
  if (!found) {
    const known = cases.map(({ given }) => given.name)
    const hint = nearest(name, known) ?? known.map(one => `“${one}”`).join(', ')
    throw new HubError('NOT_FOUND', { detail: `${path} has no case “${name}”. ${hint}`.trim() })
  }
  const input = caseInput(found.given, { from: path, readFile })
  if ('complaint' in input) throw new HubError('INPUT_INVALID', { detail: input.complaint })
  return input
}
