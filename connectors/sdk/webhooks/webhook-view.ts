import type { ConnectionView, RawRequest } from '#core/contracts/connector.ts'
import { parseJson } from '#core/kernel/parse-json.ts'
import { decodeForm } from '../decoding/form.ts'
import { asText, textAt } from '../pointer.ts'
import type { Part, WebhookView } from './declaration.ts'

export function webhookView(request: RawRequest, connection: ConnectionView): WebhookView {
  let read: { body: unknown } | undefined
  return {
    request,
    connection,
    body() {
      read ??= { body: readBody(request) }
      return read.body
    },
  }
}

/** Unreadable is not refused here: bytes that the partner signed are kept, and end in the dead letters. */
function readBody({ headers, body }: RawRequest): unknown {
  const form = headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded')
  try {
    return form ? decodeForm(body) : parseJson(body)
  } catch {
    return undefined
  }
}

/** The text that stands there; undefined where it is missing or empty. */
export function textOf(part: Part, view: WebhookView): string | undefined {
  if ('header' in part) return asText(view.request.headers[part.header.toLowerCase()])
  if ('pointer' in part) return textAt(view.body(), part.pointer)
  const { target } = view.request
  const mark = target.indexOf('?')
  return asText(mark < 0 ? undefined : new URLSearchParams(target.slice(mark + 1)).get(part.query))
}
