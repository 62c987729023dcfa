import { join } from 'node:path'
import type { Problem } from '#core/contracts/mapper.ts'

/** `file:line:column`, which editors and terminals open. */
export const problemLine = (
  dir: string,
  { file, line, column, severity, code, message, hint }: Problem,
): string => `${join(dir, file)}:${line}:${column} ${severity} ${code} ${message}${hint ? ` — ${hint}` : ''}`

/** A workflow command of GitHub Actions: the problem stands at its line in the review. */
export function problemAnnotation(
  dir: string,
  { file, line, column, severity, code, message, hint }: Problem,
): string {
  const place = `file=${property(join(dir, file))},line=${line},col=${column},title=${code}`
  return `::${severity} ${place}::${data(hint ? `${message} — ${hint}` : message)}`
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
