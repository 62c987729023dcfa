import type { Cause } from '#core/contracts/store.ts'
import type { Session } from '../api/types.ts'
import { formatAgo, formatCount, plural } from '../format.ts'
import { Link } from '../router.tsx'
import { fixOf } from './register.ts'
import { ReplayAll } from './replay-all.tsx'

interface CauseRowProps {
  cause: Cause
  now: number
  session: Session | null
}

export function CauseRow({ cause, now, session }: CauseRowProps) {
  const { code, title, connections, open, firstAt, lastAt } = cause
  return (
    <li class="cause">
      <span class="cause-count">{formatCount(open)}</span>
      <div class="cause-text">
        <Link to={causePath(cause)} class="cause-title">
          {title}
        </Link>
        <p class="cause-fix">{fixOf(code)}</p>
        <p class="cause-meta">
          <code>{code}</code> {namesOf(connections)} · first {formatAgo(firstAt, now)}
          {lastAt !== firstAt && ` · last ${formatAgo(lastAt, now)}`}
        </p>
      </div>
      <div class="actions">
        {code !== 'ORDER_HELD' && <ReplayAll cause={cause} session={session} />}
        <Link to={causePath(cause)} class="button">
          Open<span class="hidden"> {title}</span>
        </Link>
      </div>
    </li>
  )
}

export const causePath = ({ cause }: Pick<Cause, 'cause'>): string =>
  `/dead-letters/${encodeURIComponent(cause)}`

export const namesOf = (connections: readonly string[]): string =>
  connections.length > 3
    ? `${connections.slice(0, 2).join(', ')} and ${plural(connections.length - 2, 'more connection')}`
    : connections.join(', ')
