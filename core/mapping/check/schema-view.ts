import type { JsonSchema } from '../../contracts/connector.ts'

/** What a rule for a leaf has to give. `any` where the schema allows several types or says nothing. */
export type LeafType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'any'

interface Located {
  schema: JsonSchema
  /** `$id` of the schema document it stands in, for relative references. */
  base: string
}

/** Resolves references between the canonical schemas by `$id`. */
export class Schemas {
  readonly #byName: Readonly<Record<string, JsonSchema>>
  readonly #byId = new Map<string, JsonSchema>()

  constructor(schemas: Readonly<Record<string, JsonSchema>>) {
    this.#byName = schemas
    for (const [name, schema] of Object.entries(schemas)) this.#byId.set(idOf(schema, name), schema)
  }

  get names(): string[] {
    return Object.keys(this.#byName)
  }

  view(name: string): SchemaView | null {
    const schema = Object.hasOwn(this.#byName, name) ? this.#byName[name]! : null
    return schema && new SchemaView(this, [{ schema, base: idOf(schema, name) }])
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
}

const idOf = (schema: JsonSchema, name: string): string =>
  typeof schema['$id'] === 'string' ? schema['$id'] : name

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One place of a schema with everything that applies there: references, `allOf` and alternatives. */
export class SchemaView {
  readonly #schemas: Schemas
  readonly #parts: Located[]

  constructor(schemas: Schemas, parts: readonly Located[]) {
    this.#schemas = schemas
    this.#parts = parts.flatMap(part => this.#expand(part))
  }

  get type(): LeafType {
    const types = this.types
    const [only] = types ?? []
    return types?.size === 1 ? (only as LeafType) : 'any'
  }

  /** Allowed types without `null`, which a mapping never writes; null where the schema says nothing. */
  get types(): ReadonlySet<string> | null {
    const said = this.#parts.flatMap(({ schema }) => typesOf(schema))
    return said.length > 0 ? new Set(said.filter(type => type !== 'null')) : null
  }

  get enum(): readonly unknown[] | null {
    for (const { schema } of this.#parts) {
      if (Array.isArray(schema['enum'])) return schema['enum']
      if ('const' in schema) return [schema['const']]
    }
    return null
  }

  get required(): string[] {
    return this.#parts.flatMap(({ schema }) =>
      Array.isArray(schema['required']) ? (schema['required'] as string[]) : [],
    )
  }

  get propertyNames(): string[] {
    return this.#parts.flatMap(({ schema }) =>
      Object.keys((schema['properties'] as object | undefined) ?? {}),
    )
  }

  /** The view of a member; null if the schema does not know it. */
  property(name: string): SchemaView | null {
    const found = this.#parts.flatMap(({ schema, base }) => {
      const properties = schema['properties']
      return isSchema(properties) && Object.hasOwn(properties, name) && isSchema(properties[name])
        ? [{ schema: properties[name], base }]
        : []
    })
    if (found.length > 0) return new SchemaView(this.#schemas, found)
    const open = this.#parts.find(
      ({ schema }) => isSchema(schema['additionalProperties']) || schema['additionalProperties'] === true,
    )
    if (open) return this.#child(open, 'additionalProperties')
    return this.propertyNames.length > 0 ||
      this.#parts.some(({ schema }) => schema['additionalProperties'] === false)
      ? null
      : this.#any()
  }

  get items(): SchemaView {
    const part = this.#parts.find(({ schema }) => isSchema(schema['items']))
    return part ? this.#child(part, 'items') : this.#any()
  }

  #child({ schema, base }: Located, key: string): SchemaView {
    return isSchema(schema[key])
      ? new SchemaView(this.#schemas, [{ schema: schema[key], base }])
      : this.#any()
  }

  #any(): SchemaView {
    return new SchemaView(this.#schemas, [{ schema: {}, base: '' }])
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

function typesOf(schema: JsonSchema): string[] {
  const { type } = schema
  if (typeof type === 'string') return [type]
  return Array.isArray(type) ? (type as string[]) : []
}

/** The view of a document that no schema describes. */
export const ANYTHING = new SchemaView(new Schemas({}), [{ schema: {}, base: '' }])
