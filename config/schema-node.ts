/** The JSON Schema of the configuration, with what the loader, the summary and the reference page need to know. */
export interface ConfigNode {
  readonly type: 'object' | 'array' | 'string' | 'integer' | readonly ['string', 'null']
  readonly description: string
  readonly default?: unknown
  /** Environment variable that sets it and wins over the file. */
  readonly 'x-env'?: string
  /** Never shown: `value` wholly, `userinfo` the credentials inside a URL. */
  readonly 'x-secret'?: 'value' | 'userinfo'
  /** What stands in the reference where the default depends on something. */
  readonly 'x-default'?: string
  readonly properties?: Readonly<Record<string, ConfigNode>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | ConfigNode
  readonly items?: ConfigNode
  readonly minItems?: number
  readonly minLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly format?: string
}

/** Ids stand in addresses and in keys that are joined by `:` and `>`. */
const ID = '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'

export const text = (description: string, more: Partial<ConfigNode> = {}): ConfigNode => ({
  type: 'string',
  description,
  ...more,
})

export const whole = (
  description: string,
  fallback: number,
  minimum: number,
  maximum: number,
): ConfigNode => ({
  type: 'integer',
  description,
  default: fallback,
  minimum,
  maximum,
})

export const group = (
  description: string,
  properties: Record<string, ConfigNode>,
  required: string[] = [],
): ConfigNode => ({ type: 'object', description, properties, required, additionalProperties: false })

export const list = (description: string, items: ConfigNode, more: Partial<ConfigNode> = {}): ConfigNode => ({
  type: 'array',
  description,
  items,
  ...more,
})

export const id = (what: string): ConfigNode =>
  text(`${what}: letters, digits, \`.\`, \`_\`, \`-\`; begins with a letter or digit.`, { pattern: ID })
