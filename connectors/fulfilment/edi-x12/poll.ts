import {
  type ConnectorContext,
  type Feed,
  HubError,
  type PolledPage,
  type RawMessage,
} from '../../sdk/index.ts'
import { answer } from './acknowledge/answer.ts'
import { settleWaiting } from './acknowledge/settle.ts'
import type { FileInfo, PartnerFolders } from './files/folders.ts'
import { openFolders } from './files/open-folders.ts'
import { type ReadFile, readFile } from './read-file.ts'
import { ediSettings } from './settings.ts'
import { openReceived } from './state/received.ts'
import { openSent, type Sent } from './state/sent.ts'
import { ACKNOWLEDGEMENT_MISSING, UNREADABLE } from './topics.ts'

/** The folder itself remembers what is still to be read. */
const CURSOR = 'folder'
const FILES_A_PAGE = 10
const MOST_BYTES = 32 * 1024 * 1024
const HOUR_MS = 3_600_000

/**
 * The files of the incoming folder, a few a page. When a page is safe, its 997 are written, what the partner acknowledged is
 * settled, and the files go to the archive. Last comes what the partner should have acknowledged by now.
 */
export async function* poll(
  feed: Feed,
  _cursor: string | null,
  context: ConnectorContext,
): AsyncGenerator<PolledPage> {
  if (feed !== 'file') throw new HubError('CONFIG_INVALID', { detail: `X12 has no feed “${feed}”.` })
  const folders = await openFolders(context)
  try {
    const files = await settled(folders, context)
    for (let at = 0; at < files.length; at += FILES_A_PAGE) {
      context.signal.throwIfAborted()
      yield await pageOf(files.slice(at, at + FILES_A_PAGE), folders, context)
    }
    const missing = await overdue(context)
    if (missing.length > 0) yield missingPage(missing, context)
  } finally {
    await folders.close()
  }
}

/** Files that did not grow for a while. */
async function settled(folders: PartnerFolders, context: ConnectorContext): Promise<FileInfo[]> {
  const before = await folders.incoming()
  const { settleSeconds } = ediSettings(context.connection)
  if (before.length === 0 || settleSeconds === 0) return before
  await context.sleep(settleSeconds * 1_000)
  const known = new Map(before.map(file => [file.name, file]))
  return (await folders.incoming()).filter(({ name, size, changedAt }) => {
    const file = known.get(name)
    return file !== undefined && file.size === size && file.changedAt === changedAt
  })
}

async function pageOf(
  files: readonly FileInfo[],
  folders: PartnerFolders,
  context: ConnectorContext,
): Promise<PolledPage> {
  const { stateFolder } = ediSettings(context.connection)
  const received = openReceived(stateFolder)
  const read: { name: string; file: ReadFile }[] = []
  for (const { name, size } of files) {
    if (size > MOST_BYTES) {
      read.push({ name, file: { interchanges: [], messages: [tooLarge(name, size)] } })
      continue
    }
    const bytes = await folders.read(name)
    read.push({ name, file: await readFile({ name, bytes }, received, context) })
  }
  return {
    cursor: CURSOR,
    messages: read.flatMap(({ file }) => file.messages),
    async done() {
      const state = openSent(stateFolder)
      for (const { name, file } of read) {
        for (const one of file.interchanges) {
          await settleWaiting(one.interchange, state)
          await answer(one, { file: name, folders, context })
        }
      }
      await received.save()
      for (const { name } of read) await folders.archive(name, String(context.now()))
    },
  }
}

const tooLarge = (name: string, size: number): RawMessage => ({
  topic: UNREADABLE,
  dedupeKey: [UNREADABLE, name, size].join('|'),
  headers: {},
  body: Buffer.from(
    `The file has ${size} bytes; more than ${MOST_BYTES} are not read. It is in the archive.`,
  ),
})

function overdue(context: ConnectorContext): Promise<Sent[]> {
  const { stateFolder, acknowledgeWithinHours } = ediSettings(context.connection)
  return openSent(stateFolder).overdue(context.now() - acknowledgeWithinHours * HOUR_MS)
}

/** Told once: from here on the dead letter stands for it. */
function missingPage(missing: readonly Sent[], context: ConnectorContext): PolledPage {
  const { stateFolder } = ediSettings(context.connection)
  return {
    cursor: CURSOR,
    messages: missing.map(({ control, set, key, at }) => ({
      topic: ACKNOWLEDGEMENT_MISSING,
      dedupeKey: [ACKNOWLEDGEMENT_MISSING, control].join('|'),
      headers: {},
      body: Buffer.from(JSON.stringify({ control, set, key, at: new Date(at).toISOString() })),
    })),
    async done() {
      const state = openSent(stateFolder)
      for (const { control } of missing) await state.settle(control)
    },
  }
}
