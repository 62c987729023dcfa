import { post } from '../api/client.ts'
import type { Session } from '../api/types.ts'
import type { Connectivity, HealthFeed } from '../api/use-health.ts'
import { may } from '../dead-letters/may.ts'
import { formatCount } from '../format.ts'
import { Link, type Route } from '../router.tsx'
import { TraceSearch } from './trace-search.tsx'

interface HeaderProps {
  route: Route
  feed: HealthFeed
  session: Session | null
}

export function Header({ route, feed, session }: HeaderProps) {
  const letters = feed.snapshot?.totals.deadLetters ?? 0
  return (
    <header class="top">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <Link to="/" class="brand">
        <img src="/icon.svg" width="24" height="24" alt="" />
        Crossdock
      </Link>
      <nav aria-label="Pages">
        <Link to="/" current={route.path === '/'}>
          Health
        </Link>
        <Link to="/dead-letters" current={route.path.startsWith('/dead-letters')}>
          Dead letters{letters > 0 && <span class="badge">{formatCount(letters)}</span>}
        </Link>
        <Link to="/trace" current={route.path === '/trace'}>
          Trace
        </Link>
        <Link to="/mappings" current={route.path.startsWith('/mappings')}>
          Mappings
        </Link>
        <Link to="/drift" current={route.path === '/drift'}>
          Drift
        </Link>
        <Link to="/stock" current={route.path === '/stock'}>
          Stock
        </Link>
        <Link to="/settlements" current={route.path === '/settlements'}>
          Settlements
        </Link>
        {may(session, 'connections') && (
          <Link to="/connect-a-store" current={route.path === '/connect-a-store'}>
            Connect
          </Link>
        )}
      </nav>
      {route.path !== '/trace' && <TraceSearch number="" />}
      <LiveMark connectivity={feed.connectivity} />
      {session && <Who session={session} />}
    </header>
  )
}

function Who({ session }: { session: Session }) {
  const signOut = async () => {
    await post('/sign-out').catch(() => undefined)
    location.assign('/')
  }
  return (
    <span class="who" title={session.label ?? undefined}>
      {session.role}
      <button type="button" class="quiet" onClick={() => void signOut()}>
        Sign out
      </button>
    </span>
  )
}

const WORDS: Record<Connectivity, string> = {
  connecting: 'Connecting',
  live: 'Live',
  polling: 'Every 4 s',
  offline: 'Offline',
}

function LiveMark({ connectivity }: { connectivity: Connectivity }) {
  return (
    <span class={`live ${connectivity}`} role="status">
      <i aria-hidden="true" />
      {WORDS[connectivity]}
    </span>
  )
}
