import { access, constants, link, lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HubError } from '../../../sdk/index.ts'
import { type FileInfo, isPlain } from './folders.ts'

/** The one place of this connector that touches the file system: plain names inside a folder of the settings, nothing else. */
export interface Disk {
  list(): Promise<FileInfo[]>
  read(name: string): Promise<Buffer>
  /** Null where there is none. */
  find(name: string): Promise<Buffer | null>
  /** On disk, whole, before it resolves. */
  write(name: string, bytes: Uint8Array): Promise<void>
  /** The same, but false where the name is taken: of any number of processes, one gets it. */
  create(name: string, bytes: Uint8Array): Promise<boolean>
  moveTo(other: Disk, name: string, as: string): Promise<void>
  remove(name: string): Promise<void>
  look(): Promise<void>
  readonly path: (name: string) => string
}

export function openDisk(folder: string): Disk {
  const path = (name: string): string => {
    if (!isPlain(name)) throw new HubError('INPUT_INVALID', { detail: 'A file name is no plain name.' })
    return join(folder, name)
  }

  /** Beside its place, so that renaming it is one step. */
  async function written(name: string, bytes: Uint8Array): Promise<string> {
    await mkdir(folder, { recursive: true })
    const draft = `${path(name)}.${process.pid}-${draftNumber++}.tmp`
    const file = await open(draft, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    return draft
  }

  return {
    path,
    list: () =>
      reached(async () => {
        const names = await readdir(folder).catch(noneIf('ENOENT'))
        const infos = await Promise.all(
          (names ?? []).sort().map(async name => {
            // Gone since it was listed: another process was quicker.
            const stat = await lstat(join(folder, name)).catch(noneIf('ENOENT'))
            return stat?.isFile() ? { name, size: stat.size, changedAt: stat.mtimeMs } : null
          }),
        )
        return infos.filter(info => info !== null)
      }),
    read: name => reached(() => readFile(path(name))),
    find: name => reached(() => readFile(path(name)).catch(noneIf('ENOENT'))),
    write: (name, bytes) => reached(async () => rename(await written(name, bytes), path(name))),
    create: (name, bytes) =>
      reached(async () => {
        const draft = await written(name, bytes)
        try {
          await link(draft, path(name))
          return true
        } catch (thrown) {
          if (codeOf(thrown) === 'EEXIST') return false
          throw thrown
        } finally {
          await rm(draft, { force: true })
        }
      }),
    moveTo: (other, name, as) =>
      reached(async () => {
        await other.look()
        await rename(path(name), other.path(as)).catch(noneIf('ENOENT'))
      }),
    remove: name => reached(() => rm(path(name), { force: true })),
    look: () =>
      reached(async () => {
        await mkdir(folder, { recursive: true })
        await access(folder, constants.R_OK | constants.W_OK)
      }),
  }
}

/** Two drafts of one process never share a name. */
let draftNumber = 0

const codeOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : ''

const noneIf =
  (code: string) =>
  (thrown: unknown): null => {
    if (codeOf(thrown) === code) return null
    throw thrown
  }

/** A folder that is not there or full is a partner that cannot be reached: the work is kept and tried again. */
async function reached<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof HubError) throw cause
    const code = codeOf(cause) || 'unknown'
    throw new HubError('PARTNER_UNREACHABLE', {
      detail: `A folder of the connection cannot be used: ${code}.`,
      fingerprint: code,
      cause,
    })
  }
}
