import { useEffect, useState } from 'preact/hooks'
import { ApiProblem, get, onSignedOut } from './api/client.ts'
import type { Session } from './api/types.ts'
import { useHealth } from './api/use-health.ts'
import { Header } from './components/header.tsx'
import { lazy } from './components/lazy.tsx'
import { Notice } from './components/notice.tsx'
import { Toasts } from './components/toasts.tsx'
import { ConnectPage } from './connect/connect-page.tsx'
import { CausePage } from './dead-letters/cause-page.tsx'
import { CausesPage } from './dead-letters/causes-page.tsx'
import { DriftPage } from './drift/drift-page.tsx'
import { HealthPage } from './health/health-page.tsx'
import { MappingsPage } from './mappings/mappings-page.tsx'
import { navigate, type Route, useRoute } from './router.tsx'
import { SettlementsPage } from './settlements/settlements-page.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'
import { StockPage } from './stock/stock-page.tsx'
import { TracePage } from './trace/trace-page.tsx'

type Access = { state: 'asking' | 'out' } | { state: 'in'; session: Session } | { state: 'unreachable' }

const RETRY_MS = 4_000

/** On its own, because its editor is larger than all the other pages together. */
const PlaygroundPage = lazy(async () => (await import('./mappings/playground-page.tsx')).PlaygroundPage)

/** Who is signed in decides what is shown; everything else hangs below. */
export function App() {
  const route = useRoute()
  const [access, setAccess] = useState<Access>({ state: 'asking' })
  const [asked, setAsked] = useState(0)
  const session = access.state === 'in' ? access.session : null
  const feed = useHealth(session !== null)
  const signingIn = route.path === '/sign-in'

  useEffect(() => onSignedOut(() => setAccess({ state: 'out' })), [])

  // `asked` is how a retry or a sign-in asks again.
  useEffect(() => {
    if (signingIn && route.query.has('token')) return setAccess({ state: 'out' })
    void readSession().then(next => {
      setAccess(next)
      if (next.state === 'unreachable') setTimeout(() => setAsked(count => count + 1), RETRY_MS)
    })
  }, [asked])

  const signedIn = () => {
    navigate('/', { replace: true })
    setAsked(count => count + 1)
  }

  if (access.state === 'out' || signingIn)
    return <SignInPage token={route.query.get('token')} onSignedIn={signedIn} />
  return (
    <>
      <Header route={route} feed={feed} session={session} />
      <main id="main">
        {(access.state === 'unreachable' || feed.connectivity === 'offline') && (
          <Notice tone="bad" title="No connection to the hub.">
            {feed.snapshot ? 'The numbers below are the last ones known. ' : ''}Trying again by itself.
          </Notice>
        )}
        <Page route={route} feed={feed} session={session} />
      </main>
      <Toasts />
    </>
  )
}

async function readSession(): Promise<Access> {
  try {
    return { state: 'in', session: await get<Session>('/session') }
  } catch (error) {
    return { state: error instanceof ApiProblem && error.status === 401 ? 'out' : 'unreachable' }
  }
}

interface PageProps {
  route: Route
  feed: ReturnType<typeof useHealth>
  session: Session | null
}

function Page({ route: { path, query }, feed: { snapshot }, session }: PageProps) {
  const [, section, id] = path.split('/')
  if (section === 'dead-letters' && id)
    return <CausePage key={id} cause={decodeURIComponent(id)} snapshot={snapshot} session={session} />
  if (section === 'dead-letters') return <CausesPage snapshot={snapshot} session={session} />
  if (section === 'trace')
    return <TracePage number={query.get('number') ?? ''} document={query.get('document') ?? ''} />
  if (section === 'mappings' && id) {
    const mapping = path.split('/').slice(2).map(decodeURIComponent).join('/')
    return <PlaygroundPage key={mapping} id={mapping} session={session} />
  }
  if (section === 'mappings') return <MappingsPage />
  if (section === 'settlements') return <SettlementsPage />
  if (section === 'stock') return <StockPage />
  if (section === 'drift') return <DriftPage session={session} />
  if (section === 'connect-a-store') return <ConnectPage chosen={query.get('connector')} session={session} />
  return <HealthPage snapshot={snapshot} session={session} />
}
