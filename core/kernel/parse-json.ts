import { HubError } from '../errors/hub-error.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Sixteen digits in a row outside a string may not fit a double; a false alarm only costs the slower parse. */
const LONG_INTEGER = /[0-9]{16}/

/**
 * Bytes to a JSON value without losing digits: an integer beyond 2^53 (Shopify's test notifications, TikTok ids)
 * comes back as the string of its digits. A byte order mark is accepted (RFC 8259 §8.1).
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch (cause) {
    throw new HubError('BODY_UNREADABLE', { detail: 'The body is not valid UTF-8.', cause })
  }
  if (text.trim() === '') throw new HubError('BODY_UNREADABLE', { detail: 'The body is empty.' })
  try {
    return LONG_INTEGER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
  } catch (fault) {
    throw new HubError('BODY_UNREADABLE', {
      detail: `The body is not valid JSON: ${withoutQuote((fault as Error).message).slice(0, 120)}`,
    })
  }
}

/** V8 quotes the text around the fault, which may be somebody's name; so its error is not kept as the cause either. */
const withoutQuote = (message: string): string => message.replace(/, (?:\.\.\.)?".*$/s, '')

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  return context?.source && /^-?[0-9]+$/.test(context.source) ? context.source : value
}
