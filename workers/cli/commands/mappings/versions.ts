import type { MappingScope } from '#core/contracts/store.ts'
import { versionView } from '../../../web/api/views/mapping-view.ts'
import type { Run } from '../../command.ts'
import { mappingNamed, openCatalogue } from '../../open-catalogue.ts'
import { ago } from '../../text/ago.ts'
import { pageAnswer } from '../../text/page.ts'

export const versions: Run = async call => {
  const { args, options, world } = call
  const opened = await openCatalogue(call)
  const mapping = mappingNamed(opened, args[0] ?? '')
  const scope = options['scope'] as MappingScope | undefined
  const page = { limit: Number(options['limit']), after: options['after'] as string | undefined }
  const now = world.now()
  return pageAnswer({
    page: await opened.base.store.mappings.list({ mapping, scope }, page),
    view: versionView,
    columns: [
      { title: 'FOR', of: one => one.scope },
      { title: 'NUMBER', of: one => one.number, right: true },
      { title: 'BY', of: one => one.by },
      { title: 'WHEN', of: one => ago(one.at, now) },
      { title: 'NOTE', of: one => one.note ?? (one.text === '' ? 'nothing published holds' : undefined) },
    ],
    width: world.width,
    empty: `Nothing was published for ${mapping}: the shipped file holds.`,
  })
}
