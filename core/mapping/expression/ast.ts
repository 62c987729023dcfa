/** The syntax tree that the `jsonata` package's parser makes, as far as the compiler reads it. */
export type Node =
  | Path
  | Binary
  | Negate
  | ArrayLiteral
  | ObjectLiteral
  | Name
  | Literal
  | Wildcard
  | Descendant
  | Parent
  | Condition
  | Block
  | Bind
  | Regex
  | Call
  | Variable
  | Lambda
  | Apply
  | Transform
  | Sort
  | Placeholder

interface Base {
  /** Offset behind the token, as the parser counts; absent on a few nodes that it makes itself. */
  position?: number
  /** `[]` after the node: a single result stays an array. */
  keepArray?: boolean
  /** Filters of a node that is no step of a path. */
  predicate?: Filter[]
  /** Filters and position variables of a step. */
  stages?: (Filter | PositionVariable)[]
  group?: Group
  /** The step works on tuples: it binds variables or a parent beside its value. */
  tuple?: boolean
  /** `@$name` */
  focus?: string
  /** `#$name` */
  index?: string
  ancestor?: Slot
  /** An array constructor whose result is not flattened into the path. */
  consarray?: boolean
}

export interface Filter {
  type: 'filter'
  expr: Node
}

export interface PositionVariable {
  type: 'index'
  value: string
}

export interface Group {
  lhs: [Node, Node][]
  position: number
}

export interface Slot {
  label: string
}

export interface Path extends Base {
  type: 'path'
  steps: Node[]
  keepSingletonArray?: boolean
}

export type BinaryOperator =
  | ('+' | '-' | '*' | '/' | '%')
  | ('=' | '!=' | '<' | '<=' | '>' | '>=')
  | ('and' | 'or' | 'in' | '&' | '..')

export interface Binary extends Base {
  type: 'binary'
  value: BinaryOperator
  lhs: Node
  rhs: Node
}

export interface Negate extends Base {
  type: 'unary'
  value: '-'
  expression: Node
}

export interface ArrayLiteral extends Base {
  type: 'unary'
  value: '['
  expressions: Node[]
}

export interface ObjectLiteral extends Base {
  type: 'unary'
  value: '{'
  lhs: [Node, Node][]
}

export interface Name extends Base {
  type: 'name'
  value: string
}

export interface Literal extends Base {
  type: 'string' | 'number' | 'value'
  value: string | number | boolean | null
}

export interface Wildcard extends Base {
  type: 'wildcard'
}

export interface Descendant extends Base {
  type: 'descendant'
}

export interface Parent extends Base {
  type: 'parent'
  slot: Slot
}

export interface Condition extends Base {
  type: 'condition'
  condition: Node
  then: Node
  else?: Node
}

export interface Block extends Base {
  type: 'block'
  expressions: Node[]
}

export interface Bind extends Base {
  type: 'bind'
  lhs: Variable
  rhs: Node
}

export interface Regex extends Base {
  type: 'regex'
  value: RegExp
}

export interface Call extends Base {
  type: 'function' | 'partial'
  procedure: Node
  arguments: Node[]
}

/** `''` is the context, `'$'` the root. */
export interface Variable extends Base {
  type: 'variable'
  value: string
}

export interface Lambda extends Base {
  type: 'lambda'
  arguments: Variable[]
  body: Node
  signature?: Signature
  /** A call in tail position, to be run by the caller's loop. */
  thunk?: boolean
}

export interface Apply extends Base {
  type: 'apply'
  lhs: Node
  rhs: Node
}

export interface Transform extends Base {
  type: 'transform'
  pattern: Node
  update: Node
  delete?: Node
}

export interface Sort extends Base {
  type: 'sort'
  terms: { descending: boolean; expression: Node }[]
}

/** `?` in a partial application. */
export interface Placeholder extends Base {
  type: 'operator'
  value: '?'
}

/** The parser's own check of arguments: gives them completed by the context, or throws T0410 to T0412. */
export interface Signature {
  definition: string
  validate(args: unknown[], context: unknown): unknown[]
}
