import { useMemo, useState } from 'preact/hooks'
import { queryOf } from '../api/client.ts'
import { type ConnectionRow, type MappingView, mappingPath } from '../api/mapping-types.ts'
import type { List, Session } from '../api/types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Notice } from '../components/notice.tsx'
import { Skeleton } from '../components/panel.tsx'
import { may } from '../dead-letters/may.ts'
import { Link } from '../router.tsx'
import { Bench } from './bench.tsx'
import { BenchBar } from './bench-bar.tsx'
import { CoveragePanel } from './coverage-panel.tsx'
import { ShadowPanel } from './shadow-panel.tsx'
import { useSubject } from './use-subject.ts'
import { useTrial } from './use-trial.ts'
import { useWorkbench } from './use-workbench.ts'
import { VersionsPanel } from './versions-panel.tsx'

interface PlaygroundPageProps {
  id: string
  session: Session | null
}

/** One mapping: read, try, change, measure, publish, take back. */
export function PlaygroundPage({ id, session }: PlaygroundPageProps) {
  const row = useAnswer<MappingView>(mappingPath(id))
  const connector = row.value?.connector
  const connections = useAnswer<List<ConnectionRow>>(
    connector === undefined ? null : `/connections${queryOf({ connector, limit: 200 })}`,
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const known = connections.value?.items ?? []
  const connection = known.find(({ id }) => id === chosen) ?? known[0] ?? null
  // What holds for a connection can have more layers than what holds for everybody.
  const scoped = useAnswer<MappingView>(
    connection ? `${mappingPath(id)}${queryOf({ connection: connection.id })}` : null,
  )
  const view = connection ? scoped.value : row.value
  const error = row.error ?? scoped.error
  const settled = connections.value !== null || connections.error !== null

  return (
    <>
      <nav aria-label="Breadcrumb" class="crumbs">
        <Link to="/mappings">Mappings</Link>
      </nav>
      <div class="page-head">
        <h1>{id}</h1>
        {row.value && <Facts view={row.value} />}
      </div>
      {error && (
        <Notice tone="bad" title="The mapping cannot be shown.">
          {error}
        </Notice>
      )}
      {!error && !(view && settled) && <Skeleton lines={10} height={22} />}
      {view && settled && (
        <Playground
          key={id}
          view={view}
          session={session}
          connection={connection}
          connections={known}
          onConnection={setChosen}
          onPublished={() => {
            row.reload()
            scoped.reload()
          }}
        />
      )}
    </>
  )
}

function Facts({ view: { connector, version, target, topics, published } }: { view: MappingView }) {
  return (
    <p>
      {connector} · version {version} ·{' '}
      {target ? `makes ${target} documents` : 'sends documents to the partner'}
      {topics.length > 0 && ` from ${topics.join(', ')}`}
      {published !== null && ` · #${published} published for everybody`}
    </p>
  )
}

interface PlaygroundProps {
  view: MappingView
  session: Session | null
  connection: ConnectionRow | null
  connections: readonly ConnectionRow[]
  onConnection(id: string): void
  onPublished(): void
}

function Playground({ view, session, connection, connections, onConnection, onPublished }: PlaygroundProps) {
  const [publications, setPublications] = useState(0)
  const workbench = useWorkbench(view, connection)
  const choice = useSubject(view.topics, connection?.id ?? null)
  const { layer, text, changed } = workbench
  const differs = changed || layer.file === null
  const state = useTrial({
    mapping: view.id,
    text: differs ? text : null,
    connection: connection?.id ?? null,
    subject: choice.subject,
  })
  const target = useMemo(
    () => ({ mapping: view.id, connection: connection?.id ?? null }),
    [view.id, connection?.id],
  )
  const published = () => {
    setPublications(count => count + 1)
    onPublished()
  }
  return (
    <>
      <BenchBar
        view={view}
        workbench={workbench}
        connection={connection}
        connections={connections}
        mayPublish={may(session, 'mappings')}
        onConnection={onConnection}
        onPublished={published}
      />
      <Bench workbench={workbench} choice={choice} state={state} mayEdit={may(session, 'read-payload')} />
      {view.topics.length > 0 && <ShadowPanel target={target} text={text} session={session} />}
      <VersionsPanel
        key={publications}
        target={target}
        session={session}
        onOpen={({ scope, text }) => workbench.load(scope, text)}
        onPublished={published}
      />
      {view.topics.length > 0 && <CoveragePanel target={target} />}
    </>
  )
}
