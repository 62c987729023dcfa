import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { HubError } from '#core/errors/hub-error.ts'
import { formatPath, type Path } from './problems.ts'

export interface YamlSource {
  value: Record<string, unknown>
  /** `file:line:column path`, of the key or list item; of the nearest one around it where the path is not written. */
  locate(path: Path): string
}

/** Throws `CONFIG_INVALID` with a line for each place that is no YAML. */
export function readYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter()
  // Without pretty errors: their excerpt of the source may show a secret.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  const wrong = document.errors.map(error => `${at(error.pos[0])}: ${error.message} — fix: correct the YAML`)
  if (wrong.length > 0) throw new HubError('CONFIG_INVALID', { detail: wrong.join('\n') })
  const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {}
  if (!isRecord(value)) {
    throw new HubError('CONFIG_INVALID', {
      detail: `${at(0)}: the file is not a map of settings — fix: begin with \`tenants:\``,
    })
  }
  const root = document.contents
  return { value, locate: path => `${at(offsetOf(root, path))} ${formatPath(path)}`.trimEnd() }
}

function offsetOf(root: Node | null, path: Path): number {
  let node: unknown = root
  let offset = 0
  for (const part of path) {
    if (isSeq(node)) {
      node = node.items[Number(part)]
      offset = startOf(node) ?? offset
    } else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part)
      if (!pair) break
      offset = startOf(pair.key) ?? offset
      node = pair.value
    } else break
  }
  return offset
}

const startOf = (node: unknown): number | undefined => (node as Node | undefined)?.range?.[0]

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
