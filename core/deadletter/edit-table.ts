import type { Principal } from '../accounts/roles.ts'
import { sees } from '../accounts/roles.ts'
import type { Store } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'
import type { NewId } from '../kernel/ids.ts'

export interface TableEdit {
  connection: string
  mapping: string
  table: string
  entry: string
  /** Null takes the operator's entry away again. */
  value: unknown
}

export interface EditTableDeps {
  store: Store
  clock: Clock
  newId: NewId
  /** Lets the directory of this process forget the connection. */
  refresh(connection: string): void
}

const LEASE_MS = 10_000

/** Adds an entry to a connection's overlay of a mapping table. A lease keeps two operators from undoing each other. */
export async function editTable(deps: EditTableDeps, edit: TableEdit, actor: Principal): Promise<void> {
  const { store, clock } = deps
  const owner = deps.newId()
  const name = `tables:${edit.connection}`
  const now = clock.now()
  if (!(await store.leases.acquire(name, owner, now, now + LEASE_MS)))
    throw new HubError('STATE_CONFLICT', {
      detail: 'Somebody else is changing the tables of this connection.',
    })
  try {
    const connection = await store.connections.get(edit.connection)
    if (!connection || !sees(actor, connection))
      throw new HubError('CONNECTION_UNKNOWN', { detail: `Connection “${edit.connection}”.` })
    await store.connections.patch(edit.connection, {
      tables: withEntry(connection.tables, edit),
      updatedAt: now,
    })
  } finally {
    await store.leases.release(name, owner)
  }
  deps.refresh(edit.connection)
}

type Tables = Record<string, Record<string, Record<string, unknown>>>

function withEntry(tables: Tables, { mapping, table, entry, value }: TableEdit): Tables {
  const ofMapping = tables[mapping] ?? {}
  const { [entry]: _, ...others } = ofMapping[table] ?? {}
  return {
    ...tables,
    [mapping]: { ...ofMapping, [table]: value === null ? others : { ...others, [entry]: value } },
  }
}
