import { maskPersonal } from '#core/deadletter/mask.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { traceDocuments } from '../../web/api/trace.ts'
import type { Run } from '../command.ts'
import { CLI } from '../hub-access.ts'
import { traceText } from '../text/trace-text.ts'

export const trace: Run = async ({ args: [number = ''], options, hub, world }) => {
  const { store } = await hub.base()
  const { connection, resource } = options as Record<string, string | undefined>
  const query = { number, connection, resource }
  const found = await traceDocuments({ principal: CLI, params: {}, query }, { store, mask: maskPersonal })
  if (found.total === 0) throw new HubError('NOT_FOUND', { detail: `No document is called “${number}”.` })
  return { json: found, text: found.documents.map(one => traceText(one, world.now())).join('\n\n') }
}
