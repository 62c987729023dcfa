import type { HubError } from '#core/errors/hub-error.ts'
import { indented } from './text/facts.ts'

/** `CODE: sentence`, what it is about and what to do. Problems of the configuration carry their own fix, one a line. */
export function failureText({ code, publicMessage, detail, row }: HubError): string {
  const own = detail.includes('\n') || detail.includes('— fix: ')
  const about = own ? `\n${indented(detail)}` : detail && ` ${detail}`
  return `${code}: ${publicMessage}${about}\n${detail.includes('— fix: ') ? '' : `  fix: ${row.fix}\n`}`
}
