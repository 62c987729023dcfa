import type { MappingScope } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Run } from '../../command.ts'
import { CLI } from '../../hub-access.ts'
import { mappingNamed, openCatalogue } from '../../open-catalogue.ts'

export const rollback: Run = async call => {
  const { args, options } = call
  const opened = await openCatalogue(call)
  const mapping = mappingNamed(opened, args[0] ?? '')
  const scope = options['scope'] as MappingScope
  const to = Number(options['to'])
  if (!Number.isSafeInteger(to) || to < 0)
    throw new HubError('INPUT_INVALID', { detail: '--to takes a number that was published, or 0.' })
  const published = await opened.publishing.rollback({ mapping, scope, to }, CLI)
  const what = to === 0 ? 'Nothing published holds any more' : `What ${scope}#${to} said holds again`
  return {
    json: published,
    text: `${what}, as ${scope}#${published.number}. Documents change with \`hub mappings replay ${mapping}\`.`,
  }
}
