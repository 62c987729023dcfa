/**
 * Mappings are data (DESIGN §7): YAML whose leaves are JSONata. `compile` checks and lowers once; `run` is pure and
 * synchronous: same plan, input and context give the same answer.
 */
export interface Mapper {
  /** All problems at once, or a frozen plan. Overlays are laid over the file in their order, then the whole is checked. */
  compile(file: MappingFile, overlays?: readonly MappingFile[]): CompileResult
  /** Never throws for data: what is wrong with the input comes back as problems. */
  run(plan: Plan, input: unknown, context?: RunContext): RunResult
}

export interface MappingFile {
  /** Path for messages, e.g. `storefronts/shopify/order.map.yaml`. */
  path: string
  text: string
  /** Present where it was published: `tenant:acme#3`. Names it instead of path and version. */
  published?: string
}

export type CompileResult = { plan: Plan; problems: Problem[] } | { plan: null; problems: Problem[] }

export interface Problem {
  code: string
  severity: 'error' | 'warning'
  file: string
  /** 1-based. */
  line: number
  column: number
  message: string
  hint?: string
}

/** A compiled mapping. Frozen; holds no per-run state. */
export interface Plan {
  /** `<kind>/<connector>/<resource>` from the path. */
  readonly id: string
  readonly version: number
  readonly connector: string
  readonly topics: readonly string[]
  /** Layers beside the shipped file, lowest first: `<path>@<version>`, or `<scope>#<number>` of what was published. */
  readonly overlays: readonly string[]
  /** Name of the source schema (`storefronts/shopify/order`), or null where none is declared. */
  readonly source: string | null
  /** Name of the canonical schema, or null for an outgoing mapping. */
  readonly target: string | null
  /** Names of the tables that an operator can extend. */
  readonly tables: readonly string[]
  /** Leaves that run on the reference interpreter, with the reason. */
  readonly interpreted: readonly { path: string; reason: string }[]
}

export interface RunContext {
  /** Overlay of table entries: table → entry → value; wins over the mapping's own. */
  tables?: Record<string, Record<string, unknown>>
  /** Bound as `$name` in every expression: `connection`, `settings`, `topic`, `headers`. */
  bindings?: Record<string, unknown>
}

export type RunResult =
  | { ok: true; output: MappedDocument }
  /** `skip:` of the mapping held: counted, not silent. */
  | { ok: false; skipped: string }
  /** `externalId` where the identity could be read all the same: a later good revision then resolves the dead letter. */
  | { ok: false; problems: RunProblem[]; externalId?: string }

export interface MappedDocument {
  /** From the `identity` expression, as a string. */
  externalId: string
  /** From `revision`: epoch milliseconds of an instant or a plain number; undefined where the source has none. */
  revision?: number
  /** From `number`: what people call it. */
  number?: string
  dependsOn: MappedDependency[]
  body: Record<string, unknown>
}

/** Another document, in the words that the source has for it: `externalId` alone, or one or both of the others. */
export interface MappedDependency {
  resource: string
  /** Its id at the same connection, which is where it comes from too. */
  externalId?: string
  /** The id under which the hub wrote it to this connection. */
  linkId?: string
  /** What the hub calls it, come back from the partner: its key, or its number. Asked where no link has `linkId`. */
  key?: string
}

export interface RunProblem {
  /** Register code: `MAPPING_MISSING`, `MAPPING_TYPE`, `MAPPING_TABLE_MISS`, `MAPPING_EXPRESSION`, `DOCUMENT_INVALID`. */
  code: string
  /** JSON pointer into the canonical document. */
  target: string
  /** One sentence that names what is missing or wrong. */
  message: string
  /** Present where the rule stands in an overlay. */
  file?: string
  line: number
  column: number
}
