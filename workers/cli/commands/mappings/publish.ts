import { readFile } from 'node:fs/promises'
import { HubError } from '#core/errors/hub-error.ts'
import { casesPathOf } from '#core/mapping/catalogue/mapping-files.ts'
import type { Answer, Run } from '../../command.ts'
import { CLI } from '../../hub-access.ts'
import { openCatalogue, readDraft } from '../../open-catalogue.ts'
import { problemLine } from '../../text/problems-text.ts'

export const publish: Run = async call => {
  const { args, options } = call
  const [path = ''] = args
  const opened = await openCatalogue(call)
  const { mapping, file } = await readDraft(opened, path)
  const cases = await readCases(path, options['cases'] as string | undefined)
  const note = options['note'] as string | undefined
  try {
    const published = await opened.publishing.publish({ mapping, text: file.text, cases, note }, CLI)
    const { scope, number } = published
    return { json: published, text: `Published ${mapping} as ${scope}#${number}; it holds within a second.` }
  } catch (thrown) {
    if (thrown instanceof HubError && (thrown.cases || thrown.problems)) return refused(thrown, opened.dir)
    throw thrown
  }
}

/** Those that are named, else those beside the file; absent: those that held so far. */
async function readCases(path: string, given: string | undefined): Promise<string | undefined> {
  if (given !== undefined) return readFile(given, 'utf8')
  try {
    return await readFile(casesPathOf(path), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function refused({ code, publicMessage, problems = [], cases = [] }: HubError, dir: string): Answer {
  const failing = cases.filter(({ ok }) => !ok)
  const lines = [
    `Not published: ${publicMessage}`,
    ...problems.map(problem => problemLine(dir, problem)),
    ...failing.flatMap(({ name, differences }) => [`✗ ${name}`, ...differences.map(line => `    ${line}`)]),
  ]
  return { json: { code, problems, cases }, text: lines.join('\n'), failed: true }
}
