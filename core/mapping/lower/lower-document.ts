import type { Leaf, Shape, ShapeMember } from '../check/shape.ts'
import type { Context } from './env.ts'
import type { MappingWriter, Surroundings } from './mapping-writer.ts'
import { newFrameScope } from './scope.ts'

/** Writes a value that was made to its place. */
type Assign = (value: string) => string

type ObjectShape = Shape & { kind: 'object' }

/** Statements that make the whole document in `name`. */
export function lowerBody(shape: ObjectShape, around: Surroundings, name: string): string {
  const members = inContext(shape, around, inner => lowerMembers(shape, inner, name))
  return `const ${name} = ${newObject(shape, around.writer)}; ${members}`
}

const newObject = ({ members }: ObjectShape, writer: MappingWriter): string =>
  writer.unit.object(members.map(({ name }) => name))

function lowerShape(shape: Shape, around: Surroundings, assign: Assign): string {
  switch (shape.kind) {
    case 'leaf':
      return around.writer.leaf(shape.leaf, around, assign)
    case 'literal':
      return around.writer.literal(shape, around, assign)
    case 'object':
      return lowerObject(shape, around, assign)
    case 'each':
      return lowerEach(shape, around, assign)
    case 'list':
      return lowerList(shape, around, assign)
  }
}

/** Members of an object that exists anyway: what is required and absent is missing at once. */
function lowerMembers({ members }: ObjectShape, around: Surroundings, name: string): string {
  const statements = members.map(member => {
    const code = lowerShape(member.shape, around, value => around.writer.set(name, member.name, value))
    return member.required && member.shape.kind === 'object'
      ? `${code} ${requireMember(member, name, around)}`
      : code
  })
  return statements.join('\n')
}

/** An object that is left out while all its members are absent; then nothing in it is missing either. */
function lowerObject(shape: ObjectShape, around: Surroundings, assign: Assign): string {
  const { writer } = around
  const name = writer.unit.name('b')
  const owner: Owner = { name, made: `(${name} ??= ${newObject(shape, writer)})`, lists: [] }
  const body = inContext(shape, around, inner => {
    const members = shape.members.map(member => lowerOptional(member, inner, owner))
    const required = shape.members
      .filter(member => member.required)
      .map(member => requireMember(member, name, inner))
    return `${members.join('\n')} if (${name} !== undefined) { ${owner.lists.join(' ')} ${required.join(' ')} }`
  })
  return `let ${name}; ${body} if (${name} !== undefined) { ${assign(name)} }`
}

/** An object that comes to be with its first member. */
interface Owner {
  name: string
  /** Code that gives the object and makes it if need be. */
  made: string
  /** Statements that add the lists that stayed empty. */
  lists: string[]
}

/** An empty list alone does not make the object: it is added once something else has. */
function lowerOptional(
  { name: key, shape }: ShapeMember,
  around: Surroundings,
  { name, made, lists }: Owner,
): string {
  const { writer } = around
  const assign: Assign = value => writer.set(made, key, value)
  // Whether a leaf is missing is known only when the object is complete.
  if (shape.kind === 'leaf') return writer.leaf({ ...shape.leaf, required: false }, around, assign)
  if (shape.kind !== 'each' && shape.kind !== 'list') return lowerShape(shape, around, assign)
  const list = writer.frame.local(writer.unit.name('e'))
  lists.push(`if (${list}.length === 0) { ${writer.set(name, key, list)} }`)
  return lowerShape(shape, around, value => `if ((${list} = ${value}).length > 0) { ${assign(list)} }`)
}

/** Reports a required member that is still absent: the leaf itself, or what an absent object would begin with. */
function requireMember({ name: key, shape }: ShapeMember, owner: string, around: Surroundings): string {
  const leaf = shape.kind === 'leaf' ? shape.leaf : shape.kind === 'object' ? firstLeaf(shape) : undefined
  if (!leaf) return ''
  const { writer } = around
  return `if (${writer.unit.member(owner, key)} === undefined) { ${writer.unit.helper('missing')}(run, ${writer.where(leaf, around)}); }`
}

/** For an object that is wholly absent: its context, else its first required leaf, else its first. */
function firstLeaf({ context, members }: ObjectShape): Leaf | undefined {
  const leaves = members.flatMap(({ shape }) => (shape.kind === 'leaf' ? [shape.leaf] : []))
  return context ?? leaves.find(leaf => leaf.required) ?? leaves[0]
}

/** `$with`: the members see another context; without one there is no object. */
function inContext(
  { context }: ObjectShape,
  around: Surroundings,
  body: (inner: Surroundings) => string,
): string {
  if (!context) return body(around)
  const { writer } = around
  const [value, record] = [
    writer.frame.local(writer.unit.name('c')),
    writer.frame.local(writer.unit.name('o')),
  ]
  const inner = { ...around, context: contextOf(context, { value, record }, writer) }
  const found = `${value} = ${writer.context(context, around)};`
  const guarded = writer.guarded(context, found, around, `${value} = undefined;`)
  const members = `${record} = ${writer.unit.helper('isRecord')}(${value}); ${body(inner)}`
  return `${guarded} if (${value} !== undefined && ${value} !== null) { ${members} }`
}

/** The context that a rule gave, in `value`; `record` says whether it is an object. */
function contextOf(
  from: Leaf,
  { value, record }: { value: string; record: string },
  writer: MappingWriter,
): Context {
  const used = writer.use(from, value)
  return { value: used, record, input: `${writer.unit.helper('wrapInput')}(${used})` }
}

/** `$each`: a loop that pushes straight into the array. */
function lowerEach(shape: Shape & { kind: 'each' }, around: Surroundings, assign: Assign): string {
  const { writer } = around
  const { unit } = writer
  const [list, items, index, item] = [unit.name('a'), unit.name('l'), unit.name('i'), unit.name('c')]
  const record = unit.name('o')
  const scope = newFrameScope(around.scope)
  scope.variables.set('index', { js: index, definite: true, early: false })
  const context = contextOf(shape.items, { value: item, record }, writer)
  const inner: Surroundings = { ...around, context, scope, indices: [...around.indices, `${list}.length`] }
  const found = `${items} = ${unit.helper('itemsOf')}(run, ${writer.context(shape.items, around)});`
  const filter = shape.when ? `if (!(${writer.filter(shape.when, inner)})) continue;` : ''
  return [
    `const ${list} = []; let ${items}; ${writer.guarded(shape.items, found, around, `${items} = [];`)}`,
    `for (let ${index} = 0; ${index} < ${items}.length; ${index}++) {`,
    `const ${item} = ${items}[${index}]; const ${record} = ${unit.helper('isRecord')}(${item});`,
    writer.item(shape.items, items, index),
    shape.when ? writer.guarded(shape.when, filter, inner, 'continue;') : '',
    lowerItem(shape.item, inner, value => `${list}.push(${value});`),
    `} ${assign(list)}`,
  ].join('\n')
}

/** Every item makes one object, even an empty one; a value that is absent is left out. */
function lowerItem(shape: Shape, around: Surroundings, push: Assign): string {
  if (shape.kind !== 'object') return lowerShape(shape, around, push)
  const name = around.writer.unit.name('b')
  return `${lowerBody(shape, around, name)} ${push(name)}`
}

function lowerList(
  { items, pointer }: Shape & { kind: 'list' },
  around: Surroundings,
  assign: Assign,
): string {
  const list = around.writer.unit.name('a')
  const inner = { ...around, lists: [...around.lists, { pointer, position: `${list}.length` }] }
  const pushes = items.map(item => lowerShape(item, inner, value => `${list}.push(${value});`))
  return `const ${list} = []; ${pushes.join('\n')} ${assign(list)}`
}
