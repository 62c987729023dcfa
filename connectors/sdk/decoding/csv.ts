import { CsvError, parse } from 'csv-parse/sync'
import { HubError } from '#core/errors/hub-error.ts'
import { decodeText, type Encoding } from './text.ts'

export interface CsvOptions {
  /** Names of the columns where the file has no heading; with a heading, those that must be there. */
  columns: readonly string[]
  /** The first line names the columns; true unless told. */
  heading?: boolean
  /** `,` unless told; a tab for Amazon's flat files. */
  delimiter?: string
  /** False where quotation marks mean nothing (Amazon's flat files). */
  quotes?: boolean
  encoding?: Encoding
}

/** Rows of a CSV file (RFC 4180), every value as text. Ragged rows, lost columns and wrong bytes are `BODY_UNREADABLE`. */
export function decodeCsv(bytes: Uint8Array, options: CsvOptions): Record<string, string>[] {
  const { columns, heading = true, delimiter = ',', quotes = true, encoding } = options
  const text = decodeText(bytes, encoding)
  try {
    return parse(text, {
      columns: heading ? names => checkedHeading(names, columns) : [...columns],
      delimiter,
      quote: quotes ? '"' : null,
      skip_empty_lines: true,
      max_record_size: 1_000_000,
    })
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown
    // The library's message quotes the file; its code and line do not.
    throw new HubError('BODY_UNREADABLE', {
      detail: `The file is not valid CSV: ${thrown.code} at line ${String(thrown['lines'] ?? 0)}.`,
      fingerprint: thrown.code,
    })
  }
}

function checkedHeading(names: readonly string[], wanted: readonly string[]): string[] {
  const trimmed = names.map(name => name.trim())
  const lost = wanted.filter(name => !trimmed.includes(name))
  if (lost.length > 0)
    throw new HubError('BODY_UNREADABLE', {
      detail: `The file lacks the columns ${lost.join(', ')}.`,
      fingerprint: 'columns',
    })
  return trimmed
}
