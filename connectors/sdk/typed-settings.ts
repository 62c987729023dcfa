import type { ConnectionView } from '#core/contracts/connector.ts'

type Scalar = { string: string; integer: number; number: number; boolean: boolean }

/** The type that a schema literal (`as const`) describes, as far as manifests go; what it does not know is `unknown`. */
type FromSchema<Schema> = Schema extends { readonly enum: readonly (infer Value)[] }
  ? Value
  : Schema extends { readonly const: infer Value }
    ? Value
    : Schema extends { readonly type: keyof Scalar }
      ? Scalar[Schema['type']]
      : Schema extends { readonly type: 'array'; readonly items: infer Items }
        ? readonly FromSchema<Items>[]
        : Schema extends { readonly type: 'object'; readonly properties: object }
          ? SettingsOf<Schema>
          : unknown

type Properties<Schema> = Schema extends { readonly properties: infer Members } ? Members : never

/** Required, or filled in by its default: always there. */
type Certain<Schema> =
  | (Schema extends { readonly required: readonly (infer Name)[] } ? Name : never)
  | {
      [Name in keyof Properties<Schema>]: Properties<Schema>[Name] extends { readonly default: unknown }
        ? Name
        : never
    }[keyof Properties<Schema>]

/** Settings as a connector reads them: what is required or has a default is there. */
export type SettingsOf<Schema> = {
  readonly [Name in keyof Properties<Schema> as Name extends Certain<Schema> ? Name : never]: FromSchema<
    Properties<Schema>[Name]
  >
} & {
  readonly [Name in keyof Properties<Schema> as Name extends Certain<Schema> ? never : Name]?: FromSchema<
    Properties<Schema>[Name]
  >
}

/**
 * The connection's settings with the schema's defaults filled in, typed by the schema: write it `as const satisfies
 * JsonSchema`. They were validated against it before, so nothing is checked here.
 */
export function settingsOf<const Schema extends object>(
  schema: Schema,
  { settings }: Pick<ConnectionView, 'settings'>,
): SettingsOf<Schema> {
  const { properties = {} } = schema as { properties?: Record<string, { default?: unknown }> }
  const filled: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(properties)) {
    const value = settings[name] ?? member.default
    if (value !== undefined) filled[name] = value
  }
  return filled as SettingsOf<Schema>
}
