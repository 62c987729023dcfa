import { HubError } from '#core/errors/hub-error.ts'
import type { Handler, Query } from '../route.ts'
import { readInstant } from '../times.ts'

const DAY_MS = 86_400_000
const MOST_DAYS = 400

export const getReliability: Handler = ({ principal, query }, { health, clock }) => {
  const range = rangeOf(query, clock.now())
  if (!(range.from < range.to) || range.to - range.from > MOST_DAYS * DAY_MS)
    throw new HubError('INPUT_INVALID', {
      detail: `\`from\` must be before \`to\`, by at most ${MOST_DAYS} days.`,
    })
  return health.report(range, principal.tenant)
}

function rangeOf({ from, to, days = 30 }: Query, now: number): { from: number; to: number } {
  const end = typeof to === 'string' ? readInstant(to, 'to') : now
  return { from: typeof from === 'string' ? readInstant(from, 'from') : end - Number(days) * DAY_MS, to: end }
}
