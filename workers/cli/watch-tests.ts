import { asHubError } from '#core/errors/hub-error.ts'
import type { Call } from './command.ts'
import { concerned } from './concerned.ts'
import { failureText } from './failure.ts'
import { isBroken, type MappingFolder, openMappings } from './mapping-folder.ts'
import type { NamedMapping } from './mapping-named.ts'
import { rememberingMapper } from './remembering-mapper.ts'
import { mappingsToTest, testMappings } from './test-mappings.ts'
import { plural } from './text/facts.ts'
import { shownFor } from './text/shown-for.ts'
import { testedText } from './text/tested-text.ts'
import { watchFiles } from './watch-files.ts'

/** Runs all cases, and again whenever a file changes those that it concerns, until a person interrupts. */
export async function watchTests(call: Pick<Call, 'args' | 'options' | 'world'>): Promise<void> {
  const { options, world } = call
  const folders = [options['dir'] ?? 'mappings', options['overlays'] ?? []].flat().map(String)
  const test = createPass(call)
  for await (const changed of watchFiles(folders, world.interrupted())) {
    const text = await test(changed)
    if (text !== null) world.out(`${text}\n\n`)
    if (changed.size === 0) world.out('Waiting for changes; Ctrl-C ends.\n\n')
  }
}

/** One run over what changed; null where that concerns nothing. An empty set stands for everything. */
function createPass({ args, options, world }: Pick<Call, 'args' | 'options' | 'world'>) {
  const makeMapper = rememberingMapper()
  const reads = new Map<string, Set<string>>()
  const noting = (one: NamedMapping): NamedMapping => {
    const own = new Set<string>()
    reads.set(one.name, own)
    const readCase = (path: string): string => {
      own.add(path)
      return one.readCase(path)
    }
    return { ...one, readCase }
  }

  const run = async (changed: ReadonlySet<string>): Promise<string | null> => {
    const started = world.now()
    const folder = await openMappings(options, { makeMapper })
    const all = wholeOnes(folder, args)
    const some = changed.size === 0 ? all : concerned(all, changed, reads)
    const tested = testMappings(folder, some.map(noting))
    if (some.length === 0 && (tested.problems.length === 0 || ![...changed].some(isMapping))) return null
    const text = testedText(tested, shownFor({ options, world }))
    return `${headOf(changed, started)}${text} (${world.now() - started} ms)`
  }

  return async (changed: ReadonlySet<string>): Promise<string | null> => {
    try {
      return await run(changed)
    } catch (thrown) {
      // A call that names nothing is refused; later, what is half written will soon be whole.
      const error = asHubError(thrown)
      if (changed.size === 0) throw error
      return headOf(changed, world.now()) + failureText(error).trimEnd()
    }
  }
}

/** What is named and compiles. Nothing named means everything, but not where all that is named is broken. */
function wholeOnes(folder: MappingFolder, names: readonly string[]): NamedMapping[] {
  const whole = names.filter(name => !isBroken(folder, name))
  return names.length > 0 && whole.length === 0 ? [] : mappingsToTest(folder, whole)
}

const isMapping = (path: string): boolean => /\.(?:map|overlay)\.yaml$|\.schema\.json$/.test(path)

function headOf(changed: ReadonlySet<string>, at: number): string {
  const time = new Date(at).toTimeString().slice(0, 8)
  const [first, ...others] = [...changed].filter(path => /\.(?:yaml|json)$/.test(path))
  if (first === undefined) return `${time}\n`
  return `${time}  ${first}${others.length > 0 ? ` and ${plural(others.length, 'other file')}` : ''} changed\n`
}
