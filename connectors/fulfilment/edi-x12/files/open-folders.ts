import type { ConnectorContext } from '../../../sdk/index.ts'
import { ediSettings } from '../settings.ts'
import type { PartnerFolders } from './folders.ts'
import { localFolders } from './local-folders.ts'
import { sftpFolders } from './sftp-folders.ts'

/** Runs the work with the folders of the connection, and closes them. */
export async function withFolders<T>(
  context: ConnectorContext,
  work: (folders: PartnerFolders) => Promise<T>,
): Promise<T> {
  const folders = await openFolders(context)
  try {
    return await work(folders)
  } finally {
    await folders.close()
  }
}

/** On this machine, or on the SFTP server of the settings. Whoever opens them closes them. */
export async function openFolders(context: ConnectorContext): Promise<PartnerFolders> {
  const settings = ediSettings(context.connection)
  return settings.sftpHost === undefined ? localFolders(settings) : sftpFolders(settings, context)
}
