import { HubError } from '#core/errors/hub-error.ts'

export interface FetchedPage<Item> {
  items: Item[]
  /** What to pass for the page after this one; null: this was the last. */
  next: string | null
}

/**
 * All pages of a partner's list, in its order, one request ahead of nobody: a page is fetched when the one before it
 * was taken. Stops with the signal's reason when it aborts, and with `PARTNER_ANSWER_INVALID` when the partner hands out
 * the same continuation twice, because that loop would never end.
 */
export async function* pagesOf<Item>(
  fetchPage: (after: string | null) => Promise<FetchedPage<Item>>,
  options: { after?: string | null; signal?: AbortSignal } = {},
): AsyncGenerator<FetchedPage<Item>, void, void> {
  let after = options.after ?? null
  for (;;) {
    options.signal?.throwIfAborted()
    const page = await fetchPage(after)
    yield page
    if (page.next === null) return
    if (page.next === after)
      throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The list repeats its continuation.' })
    after = page.next
  }
}
