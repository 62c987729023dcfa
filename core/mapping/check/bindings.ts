import { ANY, type Origins, plain } from './origin/origin.ts'
import type { SchemaView } from './schema-view.ts'

/** What the hub binds for every mapping, as far as it is known: settings by the schema of the connector. */
export function bindingsOf(settings: SchemaView | null): [string, Origins][] {
  const settingsField: Origins = settings ? [{ ...SETTINGS, view: settings }] : ANY
  const connection = new Map<string, Origins>([
    ['id', plain('string')],
    ['tenant', plain('string')],
    ['settings', settingsField],
  ])
  return [
    ['connection', [{ kind: 'made', members: connection, outside: true }]],
    ['settings', settingsField],
    ['topic', plain('string')],
    ['headers', ANY],
    ['index', plain('number')],
  ]
}

const SETTINGS = {
  kind: 'field',
  of: 'A connection’s settings',
  bound: true,
  from: null,
  path: [],
  depth: 0,
  many: false,
} as const
