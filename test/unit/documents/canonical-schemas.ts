import { readdirSync, readFileSync } from 'node:fs'
import type { JsonSchema } from '#core/contracts/connector.ts'

const CANONICAL = new URL('../../../mappings/canonical/', import.meta.url)

/** The canonical schemas by name, as they lie in the project. */
export function canonicalSchemas(): Record<string, JsonSchema> {
  const files = readdirSync(CANONICAL).filter(file => file.endsWith('.schema.json'))
  return Object.fromEntries(
    files.map(file => [
      file.replace('.schema.json', ''),
      JSON.parse(readFileSync(new URL(file, CANONICAL), 'utf8')) as JsonSchema,
    ]),
  )
}
