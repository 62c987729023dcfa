import type { EdiSettings } from '../settings.ts'
import { openDisk } from './disk.ts'
import { isWhole, type PartnerFolders, withSuffix } from './folders.ts'

/** Folders on this machine, for partners whose files a transfer program brings and fetches. */
export function localFolders({ inFolder, outFolder, archiveFolder }: EdiSettings): PartnerFolders {
  const [incoming, out, archive] = [openDisk(inFolder), openDisk(outFolder), openDisk(archiveFolder)]
  return {
    incoming: async () => (await incoming.list()).filter(({ name }) => isWhole(name)),
    read: incoming.read,
    async archive(name, suffix) {
      const isTaken = (await archive.find(name)) !== null
      await incoming.moveTo(archive, name, isTaken ? withSuffix(name, suffix) : name)
    },
    send: out.write,
    async look() {
      for (const folder of [incoming, out, archive]) await folder.look()
      return { incoming: (await incoming.list()).filter(({ name }) => isWhole(name)).length }
    },
    close: async () => undefined,
  }
}
