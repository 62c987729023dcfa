import type { LiveConnection } from '../accounts/directory.ts'
import type { Delivery, Store, StoredDocument } from '../contracts/store.ts'
import { releasedRules } from '../deadletter/releases.ts'
import type { Order } from '../documents/types.gen.ts'
import { HubError } from '../errors/hub-error.ts'
import { deadLetterId } from '../kernel/ids.ts'
import { isNamed } from '../kernel/named.ts'
import { addressProblems } from './address-problems.ts'
import type { CompiledHold, OrderFacts } from './hold-rules.ts'
import { type CatalogueDeps, unknownSkus } from './unknown-skus.ts'

export interface HoldDeps extends CatalogueDeps {
  store: Pick<Store, 'documents' | 'links' | 'deadLetters'>
  holds: readonly CompiledHold[]
  /** Kind of a connector. */
  kindOf(connector: string): string
}

/** An order on its way to a destination that does not have it yet. */
export interface Asked {
  delivery: Pick<Delivery, 'id' | 'uncertain'>
  document: StoredDocument
  /** What of it goes there. */
  part: StoredDocument
  destination: LiveConnection
}

export interface Held {
  rule: CompiledHold
  facts: OrderFacts
}

const HOUR_MS = 3_600_000

/**
 * Holds back what a rule says: thrown `ORDER_HELD` becomes a dead letter with an owner. A newer revision asks anew. An order
 * that is cancelled before it ever went has nothing to do there.
 */
export async function hold(deps: HoldDeps, asked: Asked): Promise<void> {
  if (deps.holds.length === 0) return
  const isCancelled = (asked.document.body as unknown as Order).status === 'cancelled'
  // A process died with it in hand, or an answer was lost: should it be there, it must be cancelled there.
  if (isCancelled && asked.delivery.uncertain) return
  const held = await heldBy(deps, asked)
  if (isCancelled && (held || (await wasHeld(deps, asked)))) throw new HubError('CANCELLED_WHILE_HELD')
  if (held && !isCancelled) throw heldError(held)
}

/** The first rule that fits the order, is for this destination and was not released. */
export async function heldBy(deps: HoldDeps, asked: Asked): Promise<Held | null> {
  const { document, destination } = asked
  const rules = await rulesFor(deps, destination)
  const facts = await factsFor(deps, rules, asked)
  const fitting = rules.filter(rule => rule.fits(document.body, facts))
  if (fitting.length === 0) return null
  const released = await releasedRules(deps.store, asked.delivery.id)
  const rule = fitting.find(({ id }) => !released.has(id))
  return rule ? { rule, facts } : null
}

async function rulesFor(
  { holds, directory, kindOf }: HoldDeps,
  { id, connector }: LiveConnection,
): Promise<CompiledHold[]> {
  const ids = new Set((await directory.list()).map(connection => connection.id))
  return holds.filter(({ to }) => isNamed(to, { id, connector, kind: kindOf(connector) }, ids))
}

async function factsFor(
  deps: HoldDeps,
  rules: readonly CompiledHold[],
  { document, part, destination }: Asked,
): Promise<OrderFacts> {
  const reads = (name: keyof OrderFacts) => rules.some(rule => rule.reads.includes(name))
  return {
    addressProblems: reads('addressProblems') ? addressProblems(document.body as unknown as Order) : [],
    unknownSkus: reads('unknownSkus') ? await unknownSkus(deps, part, destination.id) : [],
  }
}

async function wasHeld({ store }: HoldDeps, { delivery }: Asked): Promise<boolean> {
  const letter = await store.deadLetters.get(deadLetterId('delivery', delivery.id))
  return letter?.code === 'ORDER_HELD' && letter.state !== 'resolved'
}

function heldError({ rule, facts }: Held): HubError {
  const seen = rule.reads.flatMap(name =>
    facts[name].length > 0 ? `${WORDS[name]}: ${facts[name].join(', ')}` : [],
  )
  const what = seen.length > 0 ? ` (${seen.join('; ')})` : ''
  return new HubError('ORDER_HELD', {
    detail: `Rule “${rule.id}”${what}; ${rule.owner} decides.`,
    fingerprint: rule.id,
    hold: { rule: rule.id, owner: rule.owner, dueMs: rule.hours * HOUR_MS, escalateTo: rule.escalate },
  })
}

const WORDS: Record<keyof OrderFacts, string> = { addressProblems: 'lacks', unknownSkus: 'unknown SKU' }
