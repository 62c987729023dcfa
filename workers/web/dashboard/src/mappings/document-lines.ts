export interface DocumentLine {
  indent: number
  text: string
  /** Of the leaf that the line shows; null for brackets. */
  pointer: string | null
}

/** A document as indented JSON that knows which leaf stands on which line. */
export function documentLines(document: unknown): DocumentLine[] {
  const lines: DocumentLine[] = []
  write({ value: document, pointer: '', name: '', indent: 0, end: '' })
  return lines

  function write({ value, pointer, name, indent, end }: Member): void {
    if (!isBranch(value)) {
      lines.push({ indent, text: `${name}${JSON.stringify(value)}${end}`, pointer })
      return
    }
    const isList = Array.isArray(value)
    const members = Object.entries(value)
    lines.push({ indent, text: `${name}${isList ? '[' : '{'}`, pointer: null })
    members.forEach(([key, child], index) => {
      write({
        value: child,
        pointer: `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        name: isList ? '' : `${JSON.stringify(key)}: `,
        indent: indent + 1,
        end: index < members.length - 1 ? ',' : '',
      })
    })
    lines.push({ indent, text: `${isList ? ']' : '}'}${end}`, pointer: null })
  }
}

interface Member {
  value: unknown
  pointer: string
  name: string
  indent: number
  end: string
}

/** Empty lists and objects are leaves: they stand on one line. */
const isBranch = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0
