import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { Flaw } from './flaw.ts'

/** From the place that the hub names to the end of the word there, or of the line when no word is there. */
export function diagnosticsOf(doc: Text, flaws: readonly Flaw[]): Diagnostic[] {
  return flaws.map(({ severity, line, column, message, hint }) => {
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
    const start = Math.min(Math.max(column - 1, 0), at.length)
    const word = /^[$\w.-]+/.exec(at.text.slice(start))?.[0].length
    const from = at.from + start
    return {
      from,
      to: at.from + start + (word ?? at.length - start),
      severity,
      message,
      renderMessage: () => sentence(message, hint),
    }
  })
}

function sentence(message: string, hint: string | undefined): Node {
  const box = document.createElement('span')
  box.append(message)
  if (!hint) return box
  const line = document.createElement('span')
  line.className = 'hint'
  line.append(hint)
  box.append(line)
  return box
}
