import { HubError } from '#core/errors/hub-error.ts'

export interface FetchedPage<Item> {
  items: Item[]
  /** What to pass for the page after this one; null: this was the last. */
  next: string | null
}

/**
 * All pages of a partner's list, in its order, one request ahead of nobody: a page is fetched when the one before it
 * was taken. Stops with the signal's reason when it aborts, and with `PARTNER_ANSWER_INVALID` when the continuations run
 * in a circle, because that loop would never end.
 */
export async function* pagesOf<Item>(
  fetchPage: (after: string | null) => Promise<FetchedPage<Item>>,
  options: { after?: string | null; signal?: AbortSignal } = {},
): AsyncGenerator<FetchedPage<Item>, void, void> {
  const onward = refuseCircles()
  let after = options.after ?? null
  if (after !== null) onward(after)
  for (;;) {
    options.signal?.throwIfAborted()
    const page = await fetchPage(after)
    yield page
    if (page.next === null) return
    onward(page.next)
    after = page.next
  }
}

/**
 * Throws once the continuations it is shown run in a circle. Brent's way: one mark, moved forward at powers of two, finds
 * every circle in constant memory and at most three times its length.
 */
export function refuseCircles(): (continuation: string) => void {
  let mark: string | undefined
  let steps = 0
  let power = 1
  return continuation => {
    if (continuation === mark)
      throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The list repeats its continuation.' })
    if (++steps < power) return
    mark = continuation
    steps = 0
    power *= 2
  }
}
