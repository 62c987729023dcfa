import { HubError } from '#core/errors/hub-error.ts'

/** Latin-1 stands for Windows-1252, as on the web (https://encoding.spec.whatwg.org). */
export type Encoding = 'utf-8' | 'latin1'

/**
 * Bytes to text, without the byte order mark. A mark (UTF-8, UTF-16) decides; without one, the declared encoding, UTF-8
 * unless told. Bytes that are not of it are `BODY_UNREADABLE`: never a replacement character in somebody's name.
 */
export function decodeText(bytes: Uint8Array, encoding: Encoding = 'utf-8'): string {
  const label = markOf(bytes) ?? (encoding === 'latin1' ? 'windows-1252' : 'utf-8')
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new HubError('BODY_UNREADABLE', { detail: `The body is not valid ${label.toUpperCase()}.`, cause })
  }
}

function markOf([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}
