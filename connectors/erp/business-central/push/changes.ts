import type { BatchRequest } from './batch.ts'
import { type Kind, type Line, linesOf, type SalesDocument, type WantedLine } from './sales-document.ts'

/** As it must be: fields of the header and all lines. */
export interface WantedDocument {
  readonly header: Readonly<Record<string, unknown>>
  readonly lines: readonly WantedLine[]
}

/** What makes the document as it must be; nothing where it is. The header comes first: its ETag guards all the rest. */
export function changesOf(present: SalesDocument, kind: Kind, wanted: WantedDocument): BatchRequest[] {
  const lines = lineChanges(present, kind, wanted.lines)
  const header = different(present, wanted.header)
  if (lines.length === 0 && Object.keys(header).length === 0) return []
  const guard: BatchRequest = {
    method: 'PATCH',
    path: `${kind.set}(${present.id})`,
    ifMatch: present['@odata.etag'] ?? '*',
    body:
      Object.keys(header).length > 0 ? header : { externalDocumentNumber: present['externalDocumentNumber'] },
  }
  return [guard, ...lines]
}

function lineChanges(present: SalesDocument, kind: Kind, wanted: readonly WantedLine[]): BatchRequest[] {
  const left = [...linesOf(present, kind)]
  const writes = wanted.flatMap((line): BatchRequest[] => {
    const index = left.findIndex(one => isSame(one, line))
    if (index < 0) return [{ method: 'POST', path: `${kind.set}(${present.id})/${kind.lines}`, body: line }]
    const [known] = left.splice(index, 1) as [Line]
    const body = different(known, line)
    return Object.keys(body).length > 0
      ? [{ method: 'PATCH', path: `${kind.lines}(${known.id})`, ifMatch: '*', body }]
      : []
  })
  const removals = left
    // Comments are people's, or told by the hub for a shipment.
    .filter(({ lineType }) => lineType !== 'Comment')
    .map(({ id }): BatchRequest => ({ method: 'DELETE', path: `${kind.lines}(${id})`, ifMatch: '*' }))
  return [...removals, ...writes]
}

/** A line cannot become one of another item; of two of the same item the first one left is meant. */
const isSame = (known: Line, line: WantedLine): boolean =>
  known.lineType === line.lineType &&
  (line.lineType === 'Comment'
    ? equal(known.description, line.description)
    : equal(known.lineObjectNumber, line.lineObjectNumber))

/** The wanted members that are not there already. */
const different = (
  present: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !equal(present[name], value)))

/** Codes are stored in capitals, and blanks at the end are not. */
function equal(present: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'number') return Number(present ?? 0) === wanted
  if (typeof wanted === 'boolean') return Boolean(present) === wanted
  return text(present) === text(wanted)
}

const text = (value: unknown): string =>
  String(value ?? '')
    .trim()
    .toUpperCase()
