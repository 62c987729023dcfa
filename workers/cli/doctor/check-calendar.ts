import type { LiveConnection } from '#core/accounts/directory.ts'
import { apiEnd } from '#core/health/api-end.ts'
import type { Base } from '../../compose/base.ts'
import type { Check } from './check-hub.ts'

/** Of every partner in use: which version of its API the hub speaks, and when the partner ends it. */
export function checkCalendar(
  { connectors }: Pick<Base, 'connectors'>,
  connections: readonly LiveConnection[],
  now: number,
): Check[] {
  const used = [...new Set(connections.map(({ connector }) => connector))].sort()
  return used.flatMap(id => {
    const manifest = connectors.get(id)?.manifest
    if (!manifest) return []
    const { version, sunset } = manifest.api
    const { status, daysLeft } = apiEnd(sunset, now)
    const when =
      daysLeft === null
        ? 'no end is known'
        : status === 'ended'
          ? `${manifest.name} ended it on ${sunset}`
          : `${manifest.name} ends it on ${sunset}, in ${daysLeft} days`
    return {
      name: `API of ${id}`,
      ok: status !== 'ended',
      ...(status === 'soon' ? { warning: true } : {}),
      detail: `version ${version}; ${when}`,
      fix: 'Update the hub: a newer one speaks a newer version.',
    }
  })
}
