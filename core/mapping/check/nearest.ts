/** The known name that a wrong one was probably meant to be, as a hint; undefined when none is near. */
export function nearest(name: string, known: Iterable<string>, prefix = ''): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 0.5
  for (const candidate of known) {
    const distance = closeness(name, candidate, bestDistance)
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best === undefined ? undefined : `Did you mean \`${prefix}${best}\`?`
}

/** How far two names are apart, or infinity where that is beyond the limit. One within the other counts as a short way. */
function closeness(name: string, candidate: string, limit: number): number {
  const [a, b] = [plain(name), plain(candidate)]
  if (a === b) return 0
  const within = a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a))
  const apart = Math.abs(a.length - b.length) < limit ? editDistance(a, b) : Number.POSITIVE_INFINITY
  return within ? Math.min(apart, WITHIN) : apart
}

/** Further than one letter, nearer than two. */
const WITHIN = 1.5

/** `line_items`, `LineItems` and `lineItems` are one name. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Letters to insert, remove, replace or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      next.push(
        Math.min(
          row[j]! + 1,
          next[j - 1]! + 1,
          row[j - 1]! + same,
          swapped ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    ;[before, row] = [row, next]
  }
  return row[b.length]!
}
