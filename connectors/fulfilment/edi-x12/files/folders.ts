/** A file of the incoming folder. */
export interface FileInfo {
  name: string
  size: number
  /** Epoch milliseconds, as far as the server tells. */
  changedAt: number
}

/** The partner’s two folders and the archive, on this machine or on an SFTP server. Names are plain, never paths. */
export interface PartnerFolders {
  /** Whole files only: names of files that are still being written (`.tmp`, `.part` …) are left out. By name. */
  incoming(): Promise<FileInfo[]>
  read(name: string): Promise<Buffer>
  /** Takes a read file out of the incoming folder and keeps it; a name that is taken gets `suffix`. */
  archive(name: string, suffix: string): Promise<void>
  /** Appears whole under its name or not at all; the same name again replaces it. */
  send(name: string, bytes: Uint8Array): Promise<void>
  /** Looks that all three can be used, without leaving anything. */
  look(): Promise<{ incoming: number }>
  close(): Promise<void>
}

const UNFINISHED = /^\.|\.(?:tmp|temp|part|partial|filepart|crdownload|writing|lock)$|~$/i

/** A name that is neither a path nor one that is still being written. */
export const isWhole = (name: string): boolean => isPlain(name) && !UNFINISHED.test(name)

export const isPlain = (name: string): boolean =>
  name.length > 0 && name.length <= 200 && !/[/\\\p{Cc}]/u.test(name) && name !== '.' && name !== '..'

/** `a.edi`, `x` → `a.x.edi` */
export function withSuffix(name: string, suffix: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)}.${suffix}${name.slice(dot)}` : `${name}.${suffix}`
}
