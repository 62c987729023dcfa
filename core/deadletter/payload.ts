import { allows, type Principal } from '../accounts/roles.ts'
import type { Message, StoredDocument } from '../contracts/store.ts'
import { parseJson } from '../kernel/parse-json.ts'
import type { Mask } from './mask.ts'

/** Bytes for people: text where they are UTF-8, else base64. */
export interface PayloadView {
  encoding: 'utf8' | 'base64'
  /** Null where the reader may not see it and it has no structure to mask. */
  text: string | null
  bytes: number
  masked: boolean
}

export function viewPayload(body: Buffer, reader: Principal, mask: Mask): PayloadView {
  const bytes = body.length
  if (!allows(reader.role, 'read-payload'))
    return { encoding: 'utf8', text: maskedText(body, mask), bytes, masked: true }
  const text = body.toString('utf8')
  // A lossy decoding does not read back as the same bytes.
  if (Buffer.from(text, 'utf8').equals(body)) return { encoding: 'utf8', text, bytes, masked: false }
  return { encoding: 'base64', text: body.toString('base64'), bytes, masked: false }
}

function maskedText(body: Buffer, mask: Mask): string | null {
  try {
    return JSON.stringify(mask(parseJson(body)), null, 2)
  } catch {
    return null
  }
}

/** The document with its personal fields hidden from whom they are none of their business. */
export const viewDocument = <T extends StoredDocument>(
  document: T,
  reader: Principal,
  mask: Mask,
): Omit<T, 'body'> & { body: unknown } =>
  allows(reader.role, 'read-payload')
    ? document
    : { ...document, body: mask(document.body, document.resource) }

/** What is translated, and beside it what was received where an operator edited. */
export function viewMessagePayload(
  message: Message,
  reader: Principal,
  mask: Mask,
): { payload: PayloadView; original?: PayloadView } {
  const original = viewPayload(message.body, reader, mask)
  return message.edited
    ? { payload: viewPayload(message.edited.body, reader, mask), original }
    : { payload: original }
}
