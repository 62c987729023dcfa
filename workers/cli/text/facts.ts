/** `name  value`, one fact a line, names aligned; facts without a value are left out. */
export function facts(given: Readonly<Record<string, string | number | boolean | undefined | null>>): string {
  const known = Object.entries(given).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  )
  const width = Math.max(0, ...known.map(([name]) => name.length))
  return known.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}

/** Blocks with an empty line between them; empty ones are left out. */
export const blocks = (...texts: (string | undefined | null | false)[]): string =>
  texts.filter(Boolean).join('\n\n')

export const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ')

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`
