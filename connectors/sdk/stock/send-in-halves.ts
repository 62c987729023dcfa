import { HubError } from '#core/errors/hub-error.ts'

/**
 * For partners that refuse a whole call for one bad item: its halves are sent, until the bad one stands alone and has the
 * refusal for itself. After any other error nobody knows what was changed: it is the answer to all.
 */
export async function sendInHalves<Item, Result>(
  items: readonly Item[],
  send: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
): Promise<(Result | Error)[]> {
  try {
    return [...(await send(items))]
  } catch (thrown) {
    if (!(thrown instanceof HubError)) throw thrown
    if (items.length === 1) return [thrown]
    if (!mayConcernOne(thrown)) return items.map(() => thrown)
  }
  const half = Math.ceil(items.length / 2)
  const first = await sendInHalves(items.slice(0, half), send)
  return [...first, ...(await sendInHalves(items.slice(half), send))]
}

const mayConcernOne = ({ recovery, code }: HubError): boolean =>
  recovery === 'park' || code === 'DAILY_LIMIT_SPENT'
