import type { ConnectionView } from '../contracts/connector.ts'
import type { Connections, StoredConnection } from '../contracts/store.ts'
import type { Clock } from '../kernel/clock.ts'
import { cachedFor } from './cached-for.ts'
import { ensureDeclared } from './ensure-declared.ts'
import { fromDeclared, fromStored, type LiveConnection, withSecrets } from './live-connection.ts'
import type { Vault } from './vault.ts'

export type { LiveConnection }

/** Read side of connections, cached for at most a second: the hot path asks it for every message. */
export interface Directory {
  get(id: string): Promise<LiveConnection | null>
  list(): Promise<LiveConnection[]>
  /** Forgets the cache: call after a change made in this process. */
  refresh(id?: string): void
}

/** For the few that must not decide on what a cache holds. */
export interface LiveDirectory extends Directory {
  /** As the store has it now. */
  reread(id: string): Promise<LiveConnection | null>
}

export interface DirectoryOptions {
  store: { readonly connections: Connections }
  /** Connections of the configuration, secrets resolved. */
  declared: readonly ConnectionView[]
  vault: Vault
  /** Secrets that connections of a connector have without being given them: their own come first. */
  sharedSecrets?(connector: string): ConnectionView['secrets']
  clock: Clock
  ttlMs?: number
}

/**
 * The one place where declared and stored connections meet. Ids that nobody has are answered from the set of known ids,
 * read at most once per `ttlMs`: whoever guesses ids costs no reads and no memory.
 */
export function createDirectory(options: DirectoryOptions): LiveDirectory & {
  /** Gives every declared connection its row for state and tables; call once at start. Ids that may work again are returned. */
  ensureDeclared(): Promise<string[]>
} {
  const { clock, vault, ttlMs = 1_000, sharedSecrets = () => ({}) } = options
  const { connections } = options.store
  const declared = new Map(options.declared.map(connection => [connection.id, connection]))

  function live(stored: StoredConnection): LiveConnection | null {
    const configured = declared.get(stored.id)
    if (configured) return completed(fromDeclared(configured, stored, vault))
    // Its declaration was taken out of the configuration: what remains is its state, not a connection.
    return stored.declared ? null : completed(fromStored(stored, vault))
  }

  const completed = (one: LiveConnection): LiveConnection => withSecrets(one, sharedSecrets(one.connector))

  async function load(id: string): Promise<LiveConnection | null> {
    const stored = await connections.get(id)
    if (stored) return live(stored)
    const configured = declared.get(id)
    return configured ? completed(fromDeclared(configured, null, vault)) : null
  }

  const cached = cachedFor({ clock, ttlMs, load })
  const known = cachedFor({
    clock,
    ttlMs,
    load: async () => new Set((await everyRow(connections)).map(({ id }) => id)),
  })
  const listed = cachedFor({ clock, ttlMs, load: async () => merged(await everyRow(connections)) })

  function merged(rows: StoredConnection[]): LiveConnection[] {
    const stored = new Set(rows.map(({ id }) => id))
    const configuredOnly = [...declared.values()].filter(({ id }) => !stored.has(id))
    return [
      ...rows.map(live),
      ...configuredOnly.map(one => completed(fromDeclared(one, null, vault))),
    ].filter(one => one !== null)
  }

  return {
    async get(id) {
      if (cached.has(id) || declared.has(id) || (await known.get('ids')).has(id)) return cached.get(id)
      return null
    },
    list: () => listed.get('all'),
    reread(id) {
      cached.forget(id)
      return cached.get(id)
    },
    refresh(id) {
      cached.forget(id)
      known.forget()
      listed.forget()
    },
    ensureDeclared: () => ensureDeclared({ connections, declared: options.declared, now: clock.now() }),
  }
}

async function everyRow(connections: Connections): Promise<StoredConnection[]> {
  const rows: StoredConnection[] = []
  let after: string | undefined
  do {
    const page = await connections.list({ limit: 1_000, after })
    rows.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined)
  return rows
}
