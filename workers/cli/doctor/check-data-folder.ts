import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { HubConfig } from '#config/schema.ts'
import type { Check } from './check-hub.ts'

const OTHERS = 0o077
const PRIVATE_FILES = ['hub.db', 'kek']

/** May this user write there, and may nobody else read what is there? */
export function checkDataFolder({ dataDir }: Pick<HubConfig, 'dataDir'>): Check {
  const name = 'data folder'
  const path = resolve(dataDir)
  if (!existsSync(path)) {
    const parent = nearestFolder(path)
    const ok = isWritable(parent)
    return {
      name,
      ok,
      detail: ok ? `${path} will be made at the first start` : `${path} cannot be made`,
      fix: `Give this user the right to write in ${parent}, or choose another HUB_DATA_DIR.`,
    }
  }
  if (!isWritable(path))
    return {
      name,
      ok: false,
      detail: `${path} cannot be written`,
      fix: 'Give it to the user that runs the hub.',
    }
  const open = PRIVATE_FILES.map(file => join(path, file)).filter(
    file => existsSync(file) && statSync(file).mode & OTHERS,
  )
  return {
    name,
    ok: open.length === 0,
    detail: open.length === 0 ? path : `others may read ${open.join(', ')}`,
    fix: `chmod 600 ${open.join(' ')}`,
  }
}

const nearestFolder = (path: string): string => (existsSync(path) ? path : nearestFolder(dirname(path)))

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}
