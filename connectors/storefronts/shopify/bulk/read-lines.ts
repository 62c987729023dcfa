import {
  type ConnectorContext,
  errorFor,
  HTTP_RESPONSES,
  HubError,
  parseJson,
  type ResponseTable,
} from '../../../sdk/index.ts'

/** Held at once; far below what one answer may be. */
const CHUNK_BYTES = 2 * 1024 * 1024

const LINE_END = 10

/** The address is signed for a time: that it is refused says nothing about the app's token. */
const responses: ResponseTable = [
  ...[400, 401, 403, 404, 410].map(status => ({
    status,
    code: 'PARTNER_FAILED' as const,
    detail: () => 'The file of the bulk operation is not there any more.',
  })),
  ...HTTP_RESPONSES,
]

export interface ReadLine {
  value: Record<string, unknown>
  /** Where it begins and where the next one does, in bytes. */
  start: number
  next: number
}

/**
 * The values of a JSONL file from a line's beginning on, fetched range by range (RFC 9110 §14): never whole in memory, and
 * whoever died goes on where the last page ended. A last line without an end is half a line, and is left out.
 */
export async function* readLines(
  context: ConnectorContext,
  url: string,
  from: number,
): AsyncGenerator<ReadLine> {
  let rest: Buffer = Buffer.alloc(0)
  let start = from
  for (let at = from; ; ) {
    const { bytes, last } = await fetchRange(context, url, at)
    at += bytes.length
    rest = Buffer.concat([rest, bytes])
    for (let end = rest.indexOf(LINE_END); end >= 0; end = rest.indexOf(LINE_END)) {
      const next = start + end + 1
      if (end > 0) yield { value: objectIn(rest.subarray(0, end)), start, next }
      rest = rest.subarray(end + 1)
      start = next
    }
    if (last) return
  }
}

async function fetchRange({ http, signal, now }: ConnectorContext, url: string, at: number) {
  const answer = await http.request({
    ...{ method: 'GET', url, signal, bytes: true, safeToRepeat: true },
    // Of a compressed answer, a range would be none of the file.
    headers: { range: `bytes=${at}-${at + CHUNK_BYTES - 1}`, 'accept-encoding': 'identity' },
  })
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(String(answer.body))
  // Nothing is left after the last byte.
  if (answer.status === 416) return { bytes: Buffer.alloc(0), last: true }
  // Who knows no ranges sends all of it.
  if (answer.status === 200) return { bytes: bytes.subarray(at), last: true }
  if (answer.status !== 206) throw errorFor(responses, { ...answer, body: '' }, now())
  const total = Number(/\/(\d+)$/.exec(answer.headers['content-range'] ?? '')?.[1])
  if (bytes.length === 0 || !Number.isFinite(total))
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The file does not say how long it is.' })
  return { bytes, last: at + bytes.length >= total }
}

function objectIn(line: Buffer): Record<string, unknown> {
  const value = parseJson(line)
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'A line of the bulk operation is no object.' })
}
