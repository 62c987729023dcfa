import type { ConnectionRow, MappingView } from '../api/mapping-types.ts'
import { type LayerChoice, publishedKey, scopeName } from './layers.ts'
import { Publish } from './publish.tsx'
import type { Workbench } from './use-workbench.ts'

interface BenchBarProps {
  view: MappingView
  workbench: Workbench
  connection: ConnectionRow | null
  connections: readonly ConnectionRow[]
  mayPublish: boolean
  onConnection(id: string): void
  onPublished(): void
}

/** Which file is open and for whom it is tried; what can be done with what was typed. */
export function BenchBar(props: BenchBarProps) {
  const { view, workbench, connection, connections, mayPublish } = props
  const { layer, choices, edited, changed } = workbench
  return (
    <div class="bench-bar">
      <label>
        File
        <select value={layer.key} onChange={event => workbench.choose(event.currentTarget.value)}>
          {choices.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
              {edited.has(key) ? ' · edited' : ''}
            </option>
          ))}
        </select>
      </label>
      {connections.length > 0 && (
        <label>
          As it holds for
          <select value={connection?.id} onChange={event => props.onConnection(event.currentTarget.value)}>
            {connections.map(({ id }) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </label>
      )}
      <div class="actions">
        {changed && (
          <button type="button" class="quiet" onClick={() => workbench.discard()}>
            Discard changes
          </button>
        )}
        {mayPublish && (
          <Publish
            view={view}
            workbench={workbench}
            onPublished={({ scope }) => {
              workbench.discard(publishedKey(scope))
              props.onPublished()
            }}
          />
        )}
      </div>
      <Replaces layer={layer} choices={choices} />
    </div>
  )
}

/** A shipped file is never written to: publishing puts its text on top, where something may lie already. */
function Replaces({ layer, choices }: { layer: LayerChoice; choices: readonly LayerChoice[] }) {
  if (layer.published || !layer.file) return null
  const above = choices.find(({ scope, published }) => published && scope === layer.scope)
  if (!above) return null
  return (
    <p class="bench-note">
      For {scopeName(layer.scope)}, #{above.published?.number} is published. Publishing this text takes its
      place.
    </p>
  )
}
