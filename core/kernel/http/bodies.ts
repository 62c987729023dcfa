import type { HttpResponse } from '../../contracts/connector.ts'
import { parseJson } from '../parse-json.ts'

/** What goes over the wire, and its content type where the caller gave none. */
export function encodeBody(body: unknown): { data: string | Buffer | undefined; type?: string } {
  if (body === undefined || body === null) return { data: undefined }
  if (typeof body === 'string') return { data: body, type: 'text/plain; charset=utf-8' }
  if (body instanceof Uint8Array)
    return {
      data: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
      type: 'application/octet-stream',
    }
  if (body instanceof URLSearchParams)
    return { data: body.toString(), type: 'application/x-www-form-urlencoded' }
  return { data: JSON.stringify(body), type: 'application/json' }
}

const JSON_TYPE = /^[^;]*[/+]json\b/i

/** Integers beyond 2^53 come as the string of their digits; JSON that does not parse comes as its text. */
export function decodeBody(bytes: Buffer, contentType: string | undefined): unknown {
  if (bytes.length === 0) return ''
  if (!contentType || !JSON_TYPE.test(contentType)) return bytes.toString()
  try {
    return parseJson(bytes)
  } catch {
    return bytes.toString()
  }
}

/** Node's header names are in lower case already; a repeated header (`set-cookie`) becomes one line. */
export function plainHeaders(headers: object): HttpResponse['headers'] {
  const plain: HttpResponse['headers'] = {}
  for (const [name, value] of Object.entries(headers))
    plain[name] = Array.isArray(value) ? value.join(', ') : String(value)
  return plain
}
