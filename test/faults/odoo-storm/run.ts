/** What makes one run's records its own in an Odoo that others use too. */
export interface Run {
  readonly name: string
  readonly random: () => number
  sku(sku: string): string
  /** A buyer of that name: one of a few, who buy again, at other channels as well. */
  buyer(name: string): Buyer
}

export interface Buyer {
  /** Above 0; the same for the same address. */
  id: number
  email: string
}

/** People of one name. */
const NAMESAKES = 12

export function createRun(name: string, random: () => number): Run {
  const ids = new Map<string, number>()
  return {
    name,
    random,
    sku: sku => (sku.startsWith(`${name}-`) ? sku : `${name}-${sku}`),
    buyer(person) {
      const slug = person
        .normalize('NFD')
        .replaceAll(/[^a-z]+/gi, '')
        .toLowerCase()
      const email = `${slug}.${1 + Math.floor(random() * NAMESAKES)}@${domainOf(name)}`
      const id = ids.get(email) ?? ids.size + 1
      ids.set(email, id)
      return { id, email }
    },
  }
}

export const domainOf = (name: string): string => `${name.toLowerCase()}.example.com`

/** The record with the run's own articles, bought by that address. */
export function ownRecord<T>(record: T, run: Run, email: string): T {
  return JSON.parse(JSON.stringify(record), (key, value: unknown) => {
    if (typeof value !== 'string') return value
    if (key === 'sku') return run.sku(value)
    return value.includes('@') && /email/i.test(key) ? email : value
  }) as T
}
