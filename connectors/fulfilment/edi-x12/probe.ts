import type { ConnectorContext } from '../../sdk/index.ts'
import { openDisk } from './files/disk.ts'
import { withFolders } from './files/open-folders.ts'
import { ediSettings } from './settings.ts'

/** The folders are there and may be used, the SFTP server is the one that is meant, and numbers can be kept. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const { stateFolder, sftpHost } = ediSettings(context.connection)
  await openDisk(stateFolder).look()
  const { incoming } = await withFolders(context, folders => folders.look())
  const where = sftpHost === undefined ? 'folders' : 'SFTP'
  return { ok: true, detail: `Connected by ${where}; ${incoming} files wait to be read.` }
}
