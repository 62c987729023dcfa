import type { DriftFilter } from '#core/contracts/store.ts'
import { clearDrift } from '#core/health/clear-drift.ts'
import { driftView } from '../../web/api/views/drift-view.ts'
import type { Run } from '../command.ts'
import { confirmed } from '../confirmed.ts'
import { CLI } from '../hub-access.ts'
import { ago } from '../text/ago.ts'
import { plural } from '../text/facts.ts'
import { pageAnswer, pageOptions } from '../text/page.ts'

interface Clearing {
  pointer?: string
  yes?: boolean
  json?: boolean
}

export const list: Run = async ({ options, hub, world }) => {
  const { store } = await hub.base()
  const { filter, page } = pageOptions<DriftFilter>(options)
  const now = world.now()
  return pageAnswer({
    page: await store.drift.list(filter, page),
    view: driftView,
    columns: [
      { title: 'KIND', of: finding => finding.kind },
      { title: 'FROM', of: finding => finding.connection },
      { title: 'TOPIC', of: finding => finding.topic },
      { title: 'FIELD', of: finding => finding.pointer },
      { title: 'VALUE', of: finding => finding.value },
      { title: 'COUNT', of: finding => finding.count, right: true },
      { title: 'LAST', of: finding => ago(finding.lastAt, now) },
      { title: 'SAMPLE', of: finding => finding.sample },
      { title: 'NEWEST MESSAGE', of: finding => finding.message },
    ],
    width: world.width,
    empty: 'Live payloads match the declared source schemas.',
  })
}

export const clear: Run = async call => {
  const { yes: _, json: __, ...filter } = call.options as DriftFilter & Clearing
  const base = await call.hub.base()
  const { total } = await base.store.drift.list(filter, { limit: 1 })
  const at = filter.pointer === undefined ? '' : ` as far as they are of ${filter.pointer}`
  await confirmed(call, `Forget ${plural(total, 'finding')}${at}?`)
  const { cleared } = await clearDrift(base, filter, CLI)
  return { json: { cleared }, text: `${plural(cleared, 'finding')} forgotten.` }
}
