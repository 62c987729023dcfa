import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** An editor writes a file in several steps; what comes within this belongs together. */
const QUIET_MS = 50

/**
 * What changed in these folders and below, by its path from its folder; what changes together comes together. First comes
 * an empty set, once everything is watched. Ends with the signal.
 */
export async function* watchFiles(
  folders: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<ReadonlySet<string>> {
  const changes = new Changes(signal)
  const watchers = folders.map(folder => new FolderWatcher(folder, path => changes.add(path)))
  try {
    yield new Set()
    for (let batch = await changes.next(); batch; batch = await changes.next()) yield batch
  } finally {
    for (const watcher of watchers) watcher.close()
  }
}

/** Collects until nothing more comes for a while. */
class Changes {
  readonly #signal: AbortSignal
  #paths = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #settled = Promise.withResolvers<void>()

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.#settled.resolve())
  }

  add(path: string): void {
    this.#paths.add(path)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#settled.resolve(), QUIET_MS)
  }

  async next(): Promise<ReadonlySet<string> | null> {
    if (!this.#signal.aborted) await this.#settled.promise
    if (this.#signal.aborted) return null
    const batch = this.#paths
    this.#paths = new Set()
    this.#settled = Promise.withResolvers()
    return batch
  }
}

/** Watches every folder by itself: a recursive watch of Node on Linux loses files that are replaced. */
class FolderWatcher {
  readonly #root: string
  readonly #changed: (path: string) => void
  readonly #watchers = new Map<string, FSWatcher>()

  constructor(root: string, changed: (path: string) => void) {
    this.#root = root
    this.#changed = path => changed(relative(root, path).split(sep).join('/'))
    this.#follow(root)
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close()
  }

  /** With all below it. A folder that came again is another one of the same name. */
  #follow(folder: string): void {
    this.#watchers.get(folder)?.close()
    const watcher = unlessGone(() => watch(folder, (_event, name) => this.#note(folder, name)))
    if (!watcher) return
    // The folder is gone; what comes in its place is seen by the one above.
    watcher.on('error', () => watcher.close())
    this.#watchers.set(folder, watcher)
    for (const entry of unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? [])
      if (entry.isDirectory()) this.#follow(join(folder, entry.name))
  }

  #note(folder: string, name: string | null): void {
    const path = join(folder, name ?? '')
    this.#changed(path)
    if (path === this.#root || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
    this.#follow(path)
    for (const below of unlessGone(() => readdirSync(path, { recursive: true, encoding: 'utf8' })) ?? [])
      this.#changed(join(path, below))
  }
}

/** Between an event and the look, a file may go. */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
