import { batches } from './batches.ts'
import { type Compared, compare } from './compare.ts'
import { refuseTooLarge, resumable } from './refusals.ts'
import { type MoveSource, type MoveTarget, type Progress, TABLES, type TableName } from './sides.ts'

export interface MoveStep {
  step: 'copied' | 'compared'
  table: TableName
  done: number
  total: number
}

export interface MoveOptions {
  source: MoveSource
  target: MoveTarget
  /** Told after every batch, and after every table that was compared. */
  report?: (step: MoveStep) => void
}

export interface MoveReport {
  from: string
  to: string
  /** Whether an earlier move had begun. */
  resumed: boolean
  tables: Compared[]
  /** Only then is the target a store that a hub opens. */
  equal: boolean
}

/**
 * Copies everything from one store to another, of any drivers, and compares what then stands there. May be called again
 * after it ended anywhere: it goes on where it was. Memory holds one batch, whatever the size of the store.
 */
export async function moveStore(options: MoveOptions): Promise<MoveReport> {
  const { source, target } = options
  const earlier = await resumable(source, target)
  await refuseTooLarge(source, target)
  const progress = earlier ?? { source: source.name, written: {} }
  if (!earlier) await target.begin(progress)
  for (const table of TABLES) await copyTable(table, progress, options)
  const tables = await compareAll(options)
  const equal = tables.every(table => table.equal)
  if (equal) await target.finish()
  return { from: source.name, to: target.name, resumed: earlier !== null, tables, equal }
}

async function copyTable(table: TableName, progress: Progress, options: MoveOptions): Promise<void> {
  const { source, target, report } = options
  const { written } = progress
  const total = await source.count(table)
  for await (const rows of batches(source.read(table, written[table]))) {
    written[table] = (written[table] ?? 0) + rows.length
    await target.write(table, rows, progress)
    report?.({ step: 'copied', table, done: written[table], total })
  }
}

async function compareAll({ report, ...sides }: MoveOptions): Promise<Compared[]> {
  const compared: Compared[] = []
  for (const table of TABLES) {
    compared.push(await compare(sides, table))
    report?.({ step: 'compared', table, done: compared.length, total: TABLES.length })
  }
  return compared
}
