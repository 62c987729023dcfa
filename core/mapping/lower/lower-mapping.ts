import type { Leaf, Shape } from '../check/shape.ts'
import type { MappingRun } from '../runtime/mapping-run.ts'
import type { DependencyWay } from '../source/mapping-source.ts'
import { lowerBody } from './lower-document.ts'
import { MAPPING_HELPERS } from './mapping-helpers.ts'
import { MappingWriter, type Surroundings, type WriterOptions } from './mapping-writer.ts'
import { newFrameScope } from './scope.ts'

/** Everything of a mapping that runs. */
export interface MappingParts {
  skip: Leaf | null
  variables: readonly { name: string; leaf: Leaf | null }[]
  identity: Leaf | null
  number: Leaf | null
  revision: Leaf | null
  dependsOn: readonly LoweredDependency[]
  document: Shape & { kind: 'object' }
}

interface LoweredDependency {
  resource: string
  ways: readonly { way: DependencyWay; leaf: Leaf }[]
}

export type LoweredMapping = (run: MappingRun, root: unknown) => void

/** The whole mapping as one function; null when its expressions have problems, which are then reported. */
export function lowerMapping(parts: MappingParts, options: WriterOptions): LoweredMapping | null {
  const writer = new MappingWriter(options)
  const scope = newFrameScope(null)
  const around: Surroundings = {
    writer,
    context: { value: 'root', input: 'root', record: 'true' },
    scope,
    indices: [],
    lists: [],
  }
  const code = [
    lowerSkip(parts.skip, around),
    ...parts.variables.map(({ name, leaf }) => {
      const js = writer.frame.local(writer.unit.name('v'))
      const line = leaf ? writer.guarded(leaf, `${js} = ${writer.expression(leaf, around)};`, around) : ''
      scope.variables.set(name, { js: writer.use(leaf, js), definite: true, early: false })
      return line
    }),
    'if (run.problems.length > 0) return;',
    ...(['identity', 'number', 'revision'] as const).map(name => lowerAside(name, parts[name], around)),
    ...parts.dependsOn.map(dependency => lowerDependency(dependency, around)),
    lowerBody(parts.document, around, 'body'),
    'run.body = body;',
  ]
  if (options.problems.failed) return null
  return onFirstRun(writer.unit, `(run, root) => { ${writer.frame.head}\n${code.join('\n')} }`)
}

/** V8 keeps what it is given to compile for a while, and of many mappings most are never run. */
function onFirstRun(unit: MappingWriter['unit'], body: string): LoweredMapping {
  let pending: { unit: MappingWriter['unit']; body: string } | null = { unit, body }
  let built: LoweredMapping | null = null
  return (run, root) => {
    if (pending) built = pending.unit.build(MAPPING_HELPERS, pending.body) as LoweredMapping
    pending = null
    built!(run, root)
  }
}

/** `skip` sees the record and what the hub binds, nothing of the mapping. */
function lowerSkip(skip: Leaf | null, around: Surroundings): string {
  if (!skip) return ''
  const { writer } = around
  return writer.guarded(
    skip,
    `if (${writer.test(skip, around)}) { run.skipped = true; return; }`,
    around,
    'return;',
  )
}

function lowerAside(name: string, leaf: Leaf | null, around: Surroundings): string {
  const { writer } = around
  return leaf ? writer.guarded(leaf, `run.${name} = ${writer.expression(leaf, around)};`, around) : ''
}

/** A list of ids makes one dependency each; the ids of several ways belong together by their places. */
function lowerDependency({ resource, ways }: LoweredDependency, around: Surroundings): string {
  const { unit } = around.writer
  const found = unit.name('d')
  const read = ways.map(way => lowerWay(way, found, around)).join(' ')
  const push = `run.dependsOn.push({ resource: ${unit.text(resource)}, ...one });`
  return `{ const ${found} = []; ${read} for (const one of ${found}) if (one) ${push} }`
}

function lowerWay(
  { way, leaf }: LoweredDependency['ways'][number],
  found: string,
  around: Surroundings,
): string {
  const { writer } = around
  const { unit } = writer
  const [items, index] = [unit.name('l'), unit.name('i')]
  const one = `${items}[${index}]`
  const id = `${unit.helper('coerce')}(run, ${one}, ${writer.where({ ...leaf, type: 'string' }, around)})`
  const each = `for (let ${index} = 0; ${index} < ${items}.length; ${index}++) if (${one} !== null && ${one} !== "") (${found}[${index}] ??= {}).${way} = ${id};`
  const listed = `const ${items} = ${unit.helper('itemsOf')}(run, ${writer.expression(leaf, around)});`
  return writer.guarded(leaf, `${listed} ${each}`, around)
}
