import type { Channel } from './channel.ts'

/** Articles that a channel has on sale, with the units that it shows of each. */
export interface Shelf {
  /** As a merchant put it there before there was a hub. */
  list(sku: string, units: number): void
  shows(sku: string): number
  /** Units that the channel itself sold; below zero: that it put back. */
  take(sku: string, units: number): void
}

/** What the buyers of a channel want leaves its shelf at once: no channel asks anybody first. */
export interface Till {
  /** Orders changed: what they want more is taken from the shelf, what they gave up is put back. */
  settle(): void
  /** Orders changed, and nothing lies on the shelf again. */
  skip(): void
}

export function tillOf(channel: Pick<Channel, 'sold' | 'shelf'>): Till {
  let taken = wantedOf(channel)
  return {
    settle() {
      const wanted = wantedOf(channel)
      for (const sku of new Set([...taken.keys(), ...wanted.keys()])) {
        const more = (wanted.get(sku) ?? 0) - (taken.get(sku) ?? 0)
        if (more !== 0) channel.shelf.take(sku, more)
      }
      taken = wanted
    },
    skip() {
      taken = wantedOf(channel)
    },
  }
}

/** The channel, with a till at its shelf. */
export function withTill<One extends Channel>(channel: One, till = tillOf(channel)): One {
  const settled = <Answer>(answer: Answer): Answer => {
    till.settle()
    return answer
  }
  return {
    ...channel,
    sell: () => settled(channel.sell()),
    change: id => settled(channel.change(id)),
    cancel: id => settled(channel.cancel(id)),
  }
}

function wantedOf({ sold }: Pick<Channel, 'sold'>): Map<string, number> {
  const wanted = new Map<string, number>()
  for (const { cancelled, lines } of sold())
    for (const { sku, quantity } of cancelled ? [] : lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
  return wanted
}
