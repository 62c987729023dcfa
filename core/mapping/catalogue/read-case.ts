import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { HubError } from '../../errors/hub-error.ts'
import type { ReadFile } from '../cases.ts'

/** Inputs of cases, from the first folder that has the file; nothing outside of them, whatever a case names. */
export const createReadCase =
  (folders: readonly string[]): ReadFile =>
  path => {
    for (const folder of folders) {
      const text = isInside(folder, path) ? readIfThere(join(folder, path)) : null
      if (text !== null) return text
    }
    throw new HubError('NOT_FOUND', { detail: `A case reads “${path}”, which is not there.` })
  }

const isInside = (folder: string, path: string): boolean =>
  !relative(folder, join(folder, path)).startsWith('..')

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
