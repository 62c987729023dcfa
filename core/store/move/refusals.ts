import { HubError } from '../../errors/hub-error.ts'
import { type MoveSource, type MoveTarget, type Progress, TABLES } from './sides.ts'

/** The progress of an earlier move from the same source, else null for an empty target. Throws for any other. */
export async function resumable(source: MoveSource, target: MoveTarget): Promise<Progress | null> {
  const progress = await target.progress()
  if (progress) {
    if (progress.source === source.name) return progress
    throw halfMoved(target.name, progress)
  }
  for (const table of TABLES) {
    const count = await target.count(table)
    if (count > 0)
      throw new HubError('STORE_NOT_EMPTY', {
        detail: `“${target.name}” holds records of its own, ${count} in ${table} alone.`,
      })
  }
  return null
}

/** Throws, naming them, if the target cannot hold all records. */
export async function refuseTooLarge(source: MoveSource, target: MoveTarget): Promise<void> {
  if (target.maxBytes === Number.POSITIVE_INFINITY) return
  const large = await source.larger(target.maxBytes)
  if (large.length === 0) return
  const named = large.map(({ noun, id, bytes }) => `${noun} ${id} (${bytes} bytes)`)
  throw new HubError('BODY_TOO_LARGE', {
    detail:
      `“${target.name}” keeps records of up to ${target.maxBytes} bytes, larger are: ${named.join(', ')} ` +
      '— fix: let the retention take them away first, or move to another kind of store.',
  })
}

/** A store that exists is moved; one that a mistyped address would make is not. */
export const noStoreAt = (name: string): HubError =>
  new HubError('NOT_FOUND', { detail: `There is no store at “${name}”.` })

/** What a hub is told, too, that opens a store into which another one is being moved. */
export const halfMoved = (name: string, { source }: Progress): HubError =>
  new HubError('STORE_HALF_MOVED', { detail: `“${name}” is half filled from “${source}”.` })
