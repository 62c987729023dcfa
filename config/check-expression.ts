import { parseExpression } from '#core/mapping/expression/parse.ts'
import type { Path, Problems } from './problems.ts'

/** JSONata that does not parse is told with its place; none is none. */
export function checkExpression(path: Path, text: string | undefined, problems: Problems): void {
  const fault = text === undefined ? null : parseExpression(text).fault
  if (!fault) return
  const message = `is no JSONata: ${fault.message} (character ${fault.offset + 1})`
  problems.invalid(path, message, 'correct the expression')
}
