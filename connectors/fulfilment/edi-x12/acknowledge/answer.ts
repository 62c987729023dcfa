import type { ConnectorContext } from '../../../sdk/index.ts'
import type { PartnerFolders } from '../files/folders.ts'
import type { ReadInterchange } from '../read-file.ts'
import { sendOnce } from '../send-once.ts'
import { ediSettings } from '../settings.ts'
import { nameOf } from '../state/sent.ts'
import { acknowledgementOf, ta1Of } from './functional.ts'

/** Tells the partner what became of an interchange: a 997 for each of its groups but never for a 997, a TA1 where asked for. */
export async function answer(
  { interchange, refused, refusedGroups }: ReadInterchange,
  at: { file: string; folders: PartnerFolders; context: ConnectorContext },
): Promise<void> {
  const { sendAcknowledgements, syntaxErrors } = ediSettings(at.context.connection)
  if (!sendAcknowledgements) return
  const groups = interchange.groups.filter(({ code }) => code !== 'FA')
  const sets = groups.map(group => ({
    code: '997',
    segments: acknowledgementOf(group, {
      refused: refused || refusedGroups.has(group),
      syntax: syntaxErrors,
    }),
  }))
  const name = nameOf('answer', at.file, interchange.text)
  const shared = { key: '', hash: '', awaited: false }
  if (interchange.wantsTa1)
    await sendOnce(
      { ...shared, name: `${name}t`, sets: [], ta1: ta1Of(interchange, refused) },
      at.context,
      at.folders,
    )
  if (sets.length > 0) await sendOnce({ ...shared, name, sets }, at.context, at.folders)
}
