import type { Call } from '../command.ts'
import { paintFor } from './paint.ts'
import type { Shown } from './tested-text.ts'

/** How results of cases are shown to whoever called. */
export function shownFor({ options, world }: Pick<Call, 'options' | 'world'>): Shown {
  const { dir = 'mappings', overlays } = options
  const where = [
    ...(dir === 'mappings' ? [] : ['--dir', quoted(String(dir))]),
    ...(overlays === undefined ? [] : ['--overlays', quoted(String(overlays))]),
  ]
  return {
    dir: String(dir),
    width: world.width,
    paint: paintFor(world),
    explain: (mapping, name) =>
      ['hub mappings explain', quoted(mapping), '--case', quoted(name), ...where].join(' '),
  }
}

/** As a shell takes it for one word. */
const quoted = (word: string): string =>
  /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
