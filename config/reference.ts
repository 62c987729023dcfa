import { writeFileSync } from 'node:fs'
import { CONFIG_SCHEMA } from './config-schema.ts'
import { CONFIG_FILE_VARIABLE } from './environment.ts'
import type { ConfigNode } from './schema-node.ts'

/** `REFERENCE.md`, from the schema. */
export function configReference(): string {
  return `# Settings

Generated from \`schema.ts\` by \`npm run generate\`. Settings come from the environment, then from the YAML file that
\`${CONFIG_FILE_VARIABLE}\` names, then from these defaults. In values of the file, \`\${NAME}\` is replaced from the environment (\`$\${\`
stands for \`\${\`); a variable that is not set or empty stops the start. \`hub config check\` names everything that is wrong.

${table([['key', 'environment', 'type', 'default', 'meaning'], ...rowsOf(CONFIG_SCHEMA, '')])}
`
}

const SHOWN = { plain: '', value: ' Never shown.', userinfo: ' Shown without credentials.' } as const

type Row = readonly string[]

/** With aligned columns, as the formatter writes tables: generated and formatted text must be the same. */
function table(rows: readonly Row[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  const [head, ...body] = rows.map(
    row => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`,
  )
  return [head, `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n')
}

function rowsOf(node: ConfigNode, prefix: string): Row[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const key = `${prefix}${name}`
    const inner = rowsOf(child.items ?? child, child.items ? `${key}[].` : `${key}.`)
    return child.properties ? inner : [row(key, child, node.required?.includes(name) ?? false), ...inner]
  })
}

function row(key: string, node: ConfigNode, required: boolean): Row {
  const variable = node['x-env'] ? `\`${node['x-env']}\`` : ''
  const meaning = `${node.description}${SHOWN[node['x-secret'] ?? 'plain']}`
  return [`\`${key}\``, variable, typeOf(node), required ? 'required' : defaultOf(node), meaning]
}

function typeOf({ type, enum: values, items, minimum, maximum }: ConfigNode): string {
  if (values) return values.map(value => `\`${value}\``).join(' ')
  if (type === 'array') return items?.properties ? 'list' : `list of ${typeOf(items!)}`
  if (type === 'integer') return `integer, ${minimum} to ${maximum}`
  return type === 'object' ? 'map' : 'string'
}

function defaultOf(node: ConfigNode): string {
  if (node['x-default']) return node['x-default']
  const value = node.default
  if (value === undefined || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)) return ''
  return `\`${Array.isArray(value) ? value.join(',') : String(value)}\``
}

if (import.meta.main) writeFileSync(new URL('REFERENCE.md', import.meta.url), configReference())
