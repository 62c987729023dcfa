import type { Shape, ShapeMember } from '../check/shape.ts'
import type { MappingWriter, Surroundings } from './mapping-writer.ts'
import { newFrameScope } from './scope.ts'

/** Writes a value that was made to its place. */
type Assign = (value: string) => string

/** Statements that make the whole document in `name`. */
export function lowerBody(shape: Shape & { kind: 'object' }, around: Surroundings, writer: MappingWriter, name: string): string {
  return `const ${name} = ${newObject(shape, writer)}; ${inContext(shape, around, writer, inner => lowerMembers(shape, inner, writer, name))}`
}

const newObject = ({ members }: Shape & { kind: 'object' }, writer: MappingWriter): string => writer.unit.object(members.map(({ name }) => name))

function lowerShape(shape: Shape, around: Surroundings, writer: MappingWriter, assign: Assign): string {
  switch (shape.kind) {
    case 'leaf':
      return writer.leaf(shape.leaf, around, assign, true)
    case 'literal':
      return assign(writer.unit.constant(shape.value))
    case 'object':
      return lowerObject(shape, around, writer, assign)
    case 'each':
      return lowerEach(shape, around, writer, assign)
    case 'list':
      return lowerList(shape, around, writer, assign)
  }
}

/** Members of an object that exists anyway. */
function lowerMembers({ members }: { members: readonly ShapeMember[] }, around: Surroundings, writer: MappingWriter, name: string): string {
  return members
    .map(({ name: key, required, shape }) => {
      const assign: Assign = value => writer.set(name, key, value)
      if (shape.kind === 'leaf') return writer.leaf(shape.leaf, around, assign, false)
      const code = lowerShape(shape, around, writer, assign)
      return required && shape.kind === 'object' ? `${code} ${requireMember(shape, key, name, around, writer)}` : code
    })
    .join('\n')
}

/** An object that is left out while all its members are absent; then nothing in it is missing either. */
function lowerObject(shape: Shape & { kind: 'object' }, around: Surroundings, writer: MappingWriter, assign: Assign): string {
  const name = writer.unit.name('b')
  const made = `(${name} ??= ${newObject(shape, writer)})`
  const body = inContext(shape, around, writer, inner => {
    const lists: string[] = []
    const members = shape.members.map(member => lowerOptionalMember(member, inner, writer, { name, made, lists }))
    const required = shape.members.filter(member => member.required).map(member => requireMember(member.shape, member.name, name, inner, writer))
    return `${members.join('\n')} if (${name} !== undefined) { ${lists.join(' ')} ${required.join(' ')} }`
  })
  return `let ${name}; ${body} if (${name} !== undefined) { ${assign(name)} }`
}

/** An empty list alone does not make the object: it is added once something else has. */
function lowerOptionalMember({ name: key, shape }: ShapeMember, around: Surroundings, writer: MappingWriter, owner: { name: string; made: string; lists: string[] }): string {
  const { name, made, lists } = owner
  const assign: Assign = value => writer.set(made, key, value)
  if (shape.kind !== 'each' && shape.kind !== 'list') return lowerShape(shape, around, writer, assign)
  const list = writer.frame.local(writer.unit.name('e'))
  lists.push(`if (${list}.length === 0) { ${writer.set(name, key, list)} }`)
  return lowerShape(shape, around, writer, value => `if ((${list} = ${value}).length > 0) { ${assign(list)} }`)
}

/** Reports a required member that is still absent: the leaf itself, or every required leaf of an object. */
function requireMember(shape: Shape, key: string, name: string, around: Surroundings, writer: MappingWriter): string {
  const [leaf] = shape.kind === 'leaf' ? [shape.leaf] : shape.kind === 'object' ? absentLeaves(shape) : []
  if (!leaf) return ''
  const { unit } = writer
  return `if (${unit.member(name, key)} === undefined) { ${unit.helper('missing')}(run, ${unit.constant(leaf)}, ${around.context.value}, ${writer.indices(around)}); }`
}

/** For an object that is wholly absent: what to look at first is its context, else its first required leaf, else its first. */
function absentLeaves({ context, members }: Shape & { kind: 'object' }) {
  if (context) return [context]
  const leaves = members.flatMap(({ shape, required }) => (shape.kind === 'leaf' ? [{ leaf: shape.leaf, required }] : []))
  return [...leaves.filter(member => member.required), ...leaves].map(member => member.leaf)
}

/** `$with`: the members see another context; without one there is no object. */
function inContext({ context }: Shape & { kind: 'object' }, around: Surroundings, writer: MappingWriter, body: (inner: Surroundings) => string): string {
  if (!context) return body(around)
  const [value, record] = [writer.frame.local(writer.unit.name('c')), writer.frame.local(writer.unit.name('o'))]
  const inner = { ...around, context: contextOf(value, record, writer) }
  const code = writer.guarded(context, `${value} = ${writer.expression(context, around)};`, around, `${value} = undefined;`)
  return `${code} if (${value} !== undefined && ${value} !== null) { ${record} = ${writer.unit.helper('isRecord')}(${value}); ${body(inner)} }`
}

const contextOf = (value: string, record: string, writer: MappingWriter) =>
  ({ value, record, input: `${writer.unit.helper('wrapInput')}(${value})` })

/** `$each`: a loop that pushes straight into the array. */
function lowerEach(shape: Shape & { kind: 'each' }, around: Surroundings, writer: MappingWriter, assign: Assign): string {
  const { unit } = writer
  const [list, items, index, item, record] = ['a', 'l', 'i', 'c', 'o'].map(prefix => unit.name(prefix)) as [string, string, string, string, string]
  const scope = newFrameScope(around.scope)
  scope.variables.set('index', { js: index, definite: true, early: false })
  const inner: Surroundings = { context: contextOf(item, record, writer), scope, indices: [...around.indices, `${list}.length`] }
  const found = writer.guarded(shape.items, `${items} = ${unit.helper('itemsOf')}(run, ${writer.expression(shape.items, around)});`, around, `${items} = [];`)
  const when = shape.when ? writer.guarded(shape.when, `if (!(${writer.test(shape.when, inner)})) continue;`, inner, 'continue;') : ''
  const body = lowerItem(shape.item, inner, writer, value => `${list}.push(${value});`)
  return `const ${list} = []; let ${items}; ${found}
for (let ${index} = 0; ${index} < ${items}.length; ${index}++) { const ${item} = ${items}[${index}]; const ${record} = ${unit.helper('isRecord')}(${item}); ${when}
${body} }
${assign(list)}`
}

/** Every item makes one object, even an empty one; a value that is absent is left out. */
function lowerItem(shape: Shape, around: Surroundings, writer: MappingWriter, push: Assign): string {
  if (shape.kind !== 'object') return lowerShape(shape, around, writer, push)
  const name = writer.unit.name('b')
  return `${lowerBody(shape, around, writer, name)} ${push(name)}`
}

function lowerList({ items }: Shape & { kind: 'list' }, around: Surroundings, writer: MappingWriter, assign: Assign): string {
  const list = writer.unit.name('a')
  const inner = { ...around, indices: around.indices }
  return `const ${list} = []; ${items.map(item => lowerShape(item, inner, writer, value => `${list}.push(${value});`)).join('\n')} ${assign(list)}`
}
