import { CONNECTORS } from '#connectors/registry.ts'
import type { Connector } from '#core/contracts/connector.ts'
import type { Run } from '../command.ts'
import { table } from '../text/table.ts'

export const list: Run = async ({ world }) => {
  const all = CONNECTORS.toSorted((a, b) => a.manifest.id.localeCompare(b.manifest.id))
  const items = all.map(({ manifest, ...functions }) => ({
    ...manifest,
    probes: functions.probe !== undefined,
  }))
  return {
    json: { items, next: null, total: items.length },
    text: table(
      all,
      [
        { title: 'CONNECTOR', of: ({ manifest }) => manifest.id },
        { title: 'NAME', of: ({ manifest }) => manifest.name },
        { title: 'KIND', of: ({ manifest }) => manifest.kind },
        { title: 'API', of: ({ manifest }) => manifest.api.version },
        { title: 'SUNSET', of: ({ manifest }) => manifest.api.sunset },
        { title: 'CAN', of: capabilities },
      ],
      world.width,
    ),
  }
}

function capabilities({ manifest, receive, poll, push, probe, subscribe }: Connector): string {
  return [
    receive && `receives ${listed(Object.values(manifest.topics))}`,
    poll && `polls ${listed(Object.keys(manifest.polls ?? {}))}`,
    push && `writes ${listed(Object.keys(manifest.pushes ?? {}))}`,
    probe && 'probes',
    subscribe && 'subscribes',
  ]
    .filter(Boolean)
    .join('; ')
}

const listed = (names: readonly string[]): string => [...new Set(names)].join(', ')
