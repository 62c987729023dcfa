import type { JsonSchema } from '../../../sdk/index.ts'

/** Parts that the schemas of several settings share. */

export const POINTER: JsonSchema = {
  type: 'string',
  pattern: '^(?:/(?:[^~/]|~[01])*)*$',
  description: 'a JSON Pointer (RFC 6901), as in /order/id; empty for the whole value',
}

export const HEADER: JsonSchema = {
  type: 'string',
  pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
  description: 'the name of a header',
}

/** Below the base address; `{…}` are filled in. Another host would get the credentials. */
export const PATH: JsonSchema = {
  type: 'string',
  pattern: '^/',
  description: 'a path below `baseUrl` that begins with /, with {placeholders}',
}

export const RESOURCE: JsonSchema = {
  enum: ['order', 'inventory', 'shipment', 'return', 'product', 'settlement'],
  description: 'the resource that it becomes',
}

/** A pointer to what the description names. */
export const pointer = (what: string): JsonSchema => ({
  ...POINTER,
  description: `${what} (a JSON Pointer, as in /order/id)`,
})

/** An object with fixed members, each titled by its name: what is not named is a typing mistake. */
export const group = (
  description: string,
  members: Record<string, JsonSchema>,
  required: readonly string[] = [],
): JsonSchema => ({
  ...{ type: 'object', description, additionalProperties: false, required },
  properties: Object.fromEntries(
    Object.entries(members).map(([name, schema]) => [name, { title: titleOf(name), ...schema }]),
  ),
})

/** `timestampHeader` → `Timestamp header`. */
const titleOf = (name: string): string =>
  name[0]!.toUpperCase() + name.slice(1).replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

const PLACES: Record<string, JsonSchema> = {
  header: HEADER,
  pointer: { ...POINTER, description: 'a JSON Pointer into the body, as in /order/id' },
  query: { type: 'string', minLength: 1, description: 'the name of a parameter' },
}

/** Where something stands in a webhook: exactly one of the places. */
export const part = (description: string, more: Record<string, JsonSchema> = {}): JsonSchema => ({
  ...group(description, { ...PLACES, ...more }),
  minProperties: 1,
  maxProperties: 1,
})

/** An object that is a choice by its member `kind`: what each kind needs. */
export const needs = (kind: string, required: readonly string[]): JsonSchema => ({
  if: { required: ['kind'], properties: { kind: { const: kind } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required },
})
