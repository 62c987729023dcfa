import type { JsonSchema } from '../../contracts/connector.ts'

/** What a rule for a leaf has to give. `any` where the schema allows several types or says nothing. */
export type LeafType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'any'

interface Located {
  schema: JsonSchema
  /** `$id` of the schema document it stands in, for relative references. */
  base: string
}

/** What the files of source schemas end with. */
export const SOURCE_ENDING = '.source.schema.json'

/** Resolves references between schemas: by `$id`, or by the file where a schema has none. */
export class Schemas {
  readonly #byName: Readonly<Record<string, JsonSchema>>
  readonly #ending: string
  readonly #byId = new Map<string, JsonSchema>()
  readonly #views = new Map<string, SchemaView>()

  /** `ending` of the files that the schemas stand in: with it they refer to each other. */
  constructor(schemas: Readonly<Record<string, JsonSchema>>, ending = '.schema.json') {
    this.#byName = schemas
    this.#ending = ending
    for (const [name, schema] of Object.entries(schemas)) this.#byId.set(this.#idOf(schema, name), schema)
  }

  get names(): string[] {
    return Object.keys(this.#byName)
  }

  /** The same view each time, so that what was found out once is known to every mapping. */
  view(name: string): SchemaView | null {
    const known = this.#views.get(name)
    if (known) return known
    const schema = Object.hasOwn(this.#byName, name) ? this.#byName[name]! : null
    if (!schema) return null
    const view = new SchemaView(this, [{ schema, base: this.#idOf(schema, name) }])
    this.#views.set(name, view)
    return view
  }

  /** Whether a `$ref` in the schema of this name leads somewhere. */
  knows(reference: string, name: string): boolean {
    const schema = this.#byName[name]
    return schema !== undefined && this.resolve(reference, this.#idOf(schema, name)) !== null
  }

  /** The schema that a `$ref` names, or null. */
  resolve(reference: string, base: string): Located | null {
    const [path = '', pointer = ''] = reference.split('#')
    const id = path === '' ? base : URL.canParse(path, base) ? new URL(path, base).href : path
    const document = this.#byId.get(id)
    if (!document) return null
    const keys = pointer
      .split('/')
      .slice(1)
      .map(key => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    const schema = keys.reduce<unknown>(
      (node, key) => (isSchema(node) && Object.hasOwn(node, key) ? node[key] : null),
      document,
    )
    return isSchema(schema) ? { schema, base: id } : null
  }

  #idOf(schema: JsonSchema, name: string): string {
    return typeof schema['$id'] === 'string' ? schema['$id'] : `file:///${name}${this.#ending}`
  }
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One place of a schema with everything that applies there: references, `allOf` and alternatives. */
export class SchemaView {
  readonly type: LeafType
  /** Allowed types without `null`, which a mapping never writes; null where the schema says nothing. */
  readonly types: ReadonlySet<string> | null
  readonly nullable: boolean
  readonly enum: readonly unknown[] | null
  readonly required: readonly string[]
  readonly propertyNames: readonly string[]
  readonly #schemas: Schemas
  readonly #parts: readonly Located[]
  readonly #properties = new Map<string, SchemaView | null>()
  #items: SchemaView | undefined

  constructor(schemas: Schemas, parts: readonly Located[]) {
    this.#schemas = schemas
    this.#parts = parts.flatMap(part => this.#expand(part))
    const said = this.#parts.flatMap(({ schema }) => typesOf(schema))
    const types = new Set(said.filter(type => type !== 'null'))
    const [only] = types
    this.types = said.length > 0 ? types : null
    this.type = types.size === 1 ? (only as LeafType) : 'any'
    this.nullable = said.length === 0 || said.includes('null')
    this.enum = enumOf(this.#parts)
    this.required = this.#parts.flatMap(({ schema }) => listOf<string>(schema['required']))
    this.propertyNames = this.#parts.flatMap(({ schema }) =>
      isSchema(schema['properties']) ? Object.keys(schema['properties']) : [],
    )
  }

  /** The view of a member; null if the schema does not know it. */
  property(name: string): SchemaView | null {
    const known = this.#properties.get(name)
    if (known !== undefined) return known
    const found = this.#findProperty(name)
    this.#properties.set(name, found)
    return found
  }

  get items(): SchemaView {
    const part = this.#parts.find(({ schema }) => isSchema(schema['items']))
    this.#items ??= part ? this.#child(part, 'items') : ANYTHING
    return this.#items
  }

  /** The view of members that no property names; null where there are none. */
  get others(): SchemaView | null {
    const open = this.#parts.find(
      ({ schema }) => isSchema(schema['additionalProperties']) || schema['additionalProperties'] === true,
    )
    if (open) return this.#child(open, 'additionalProperties')
    const closed = this.#parts.some(({ schema }) => schema['additionalProperties'] === false)
    return this.propertyNames.length > 0 || closed ? null : ANYTHING
  }

  #findProperty(name: string): SchemaView | null {
    const found = this.#parts.flatMap(({ schema, base }) => {
      const properties = schema['properties']
      return isSchema(properties) && Object.hasOwn(properties, name) && isSchema(properties[name])
        ? [{ schema: properties[name], base }]
        : []
    })
    return found.length > 0 ? new SchemaView(this.#schemas, found) : this.others
  }

  #child({ schema, base }: Located, key: string): SchemaView {
    return isSchema(schema[key]) ? new SchemaView(this.#schemas, [{ schema: schema[key], base }]) : ANYTHING
  }

  #expand(part: Located): Located[] {
    const { schema, base } = part
    const reference = typeof schema['$ref'] === 'string' ? this.#schemas.resolve(schema['$ref'], base) : null
    const joined = ['allOf', 'anyOf', 'oneOf'].flatMap(key =>
      Array.isArray(schema[key]) ? (schema[key] as JsonSchema[]) : [],
    )
    // Alternatives add what may be there; only what all of them require would be required, and no schema does that.
    const below = joined.map(member => ({
      schema: (schema['allOf'] as unknown[] | undefined)?.includes(member)
        ? member
        : { ...member, required: [] },
      base,
    }))
    return [part, ...[...(reference ? [reference] : []), ...below].flatMap(next => this.#expand(next))]
  }
}

function enumOf(parts: readonly Located[]): readonly unknown[] | null {
  for (const { schema } of parts) {
    if (Array.isArray(schema['enum'])) return schema['enum']
    if ('const' in schema) return [schema['const']]
  }
  return null
}

const listOf = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? value : [])

function typesOf(schema: JsonSchema): string[] {
  const { type } = schema
  if (typeof type === 'string') return [type]
  return Array.isArray(type) ? (type as string[]) : []
}

/** The view of a document that no schema describes. */
export const ANYTHING = new SchemaView(new Schemas({}), [{ schema: {}, base: '' }])
