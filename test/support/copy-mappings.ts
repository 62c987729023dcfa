import { cpSync } from 'node:fs'
import { join } from 'node:path'

/** Shipped mappings, to be changed: those of Shopify and what is named. All of them take seconds to compile, again and again. */
export function copyMappings(to: string, ...more: readonly string[]): void {
  for (const part of ['canonical', 'storefronts/shopify', ...more])
    cpSync(join('mappings', part), join(to, part), { recursive: true })
}
