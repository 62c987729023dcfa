/** What a partner's subscriptions are made with; `S` is one as the partner shows it. */
export interface KeepSubscriptions<S> {
  /** Wanted, as the manifest names them. */
  topics: readonly string[]
  /** All of them, through `pagesOf` where the partner pages. */
  list(): Promise<readonly S[]>
  /** In the manifest's spelling; undefined for a topic that is none of ours. */
  topicOf(subscription: S): string | undefined
  /** Made by the hub for this connection; all others are left alone. */
  isOurs(subscription: S): boolean
  /** Enabled, with our address and everything the connector reads. */
  isWhole(subscription: S): boolean
  create(topic: string): Promise<unknown>
  repair(subscription: S, topic: string): Promise<unknown>
  /** Takes away what is ours but doubled or no longer wanted; without it, that stays. */
  remove?(subscription: S): Promise<unknown>
}

/**
 * Makes the partner's subscriptions equal the wanted topics. Safe to repeat: what is whole is not touched. One after
 * the other, so that a failure leaves a state that the next run understands.
 */
export async function keepSubscriptions<S>(
  keep: KeepSubscriptions<S>,
): Promise<{ present: string[]; created: string[]; repaired: string[] }> {
  const result = { present: [] as string[], created: [] as string[], repaired: [] as string[] }
  const ours = (await keep.list()).filter(subscription => keep.isOurs(subscription))
  const kept = new Set<S>()
  for (const topic of keep.topics) {
    const same = ours.filter(subscription => keep.topicOf(subscription) === topic)
    const known = same.find(subscription => keep.isWhole(subscription)) ?? same[0]
    if (known !== undefined) kept.add(known)
    result[await settle(keep, topic, known)].push(topic)
  }
  for (const subscription of ours) if (!kept.has(subscription)) await keep.remove?.(subscription)
  return result
}

async function settle<S>(
  keep: KeepSubscriptions<S>,
  topic: string,
  known: S | undefined,
): Promise<'present' | 'created' | 'repaired'> {
  if (known === undefined) {
    await keep.create(topic)
    return 'created'
  }
  if (keep.isWhole(known)) return 'present'
  await keep.repair(known, topic)
  return 'repaired'
}

/** Whether a subscription leads to this connection, on whatever host the hub was when it was made. */
export const leadsTo = (callbackUrl: string, url: string | undefined): boolean =>
  URL.parse(url ?? '')?.pathname === new URL(callbackUrl).pathname
