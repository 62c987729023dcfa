/** What the hub knows of a channel's figure when it writes another one. */
export interface Known {
  /** What the channel shows unless it sold what the hub has not heard of; absent: nobody knows. */
  expected?: number | undefined
  /** What it shows. */
  found: number
}

/**
 * What a channel is to show in place of `found`: the units that are missing from `expected` were sold without the hub
 * having heard of it yet, and are not given back, but nothing is taken below zero for them. A channel that shows more than
 * expected, because goods came back there, shows what is wanted.
 */
export function withoutUnseen(wanted: number, { expected = Number.NEGATIVE_INFINITY, found }: Known): number {
  const missing = Math.max(0, expected - found)
  return missing === 0 ? wanted : Math.max(0, wanted - missing)
}
