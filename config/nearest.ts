/** The known word that a typing mistake was probably meant to be, or undefined. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/** Inserted, removed, changed and swapped letters (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)])
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity
      rows[i]![j] = Math.min(
        rows[i - 1]![j]! + 1,
        rows[i]![j - 1]! + 1,
        rows[i - 1]![j - 1]! + change,
        swapped,
      )
    }
  }
  return rows[a.length]![b.length]!
}

/** “did you mean …?”, or the words there are. */
export function suggest(word: string, known: Iterable<string>): string {
  const words = [...known]
  const meant = nearest(word, words)
  if (meant !== undefined) return `did you mean \`${meant}\`?`
  return words.length === 0 ? 'remove it' : `known: ${words.map(one => `\`${one}\``).join(', ')}`
}
