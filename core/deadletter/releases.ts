import type { Store } from '../contracts/store.ts'

type Links = Pick<Store, 'links'>

/** Lets a rule pass for a delivery from now on, whatever revision it delivers. Safe to repeat. */
export const noteRelease = (
  { links }: Links,
  { delivery, rule, by, at }: { delivery: string; rule: string; by: string; at: number },
): Promise<unknown> =>
  links.put({ document: nameOf(delivery), connection: `rule:${rule}`, externalId: by, createdAt: at })

/** The rules that somebody let pass for a delivery. */
export const releasedRules = async ({ links }: Links, delivery: string): Promise<ReadonlySet<string>> =>
  new Set((await links.list(nameOf(delivery))).map(({ connection }) => connection.slice('rule:'.length)))

/** Stands among the links where a document does, and the rule where a connection does. */
const nameOf = (delivery: string): string => `released:${delivery}`
