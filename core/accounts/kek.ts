import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { HubError } from '../errors/hub-error.ts'
import type { RandomBytes } from './secrets.ts'

/** A key-encryption key. The id is made from the key and tells nothing about it. */
export interface Kek {
  readonly id: string
  readonly key: Buffer
}

const KEY_BYTES = 32
const OTHERS = 0o077

/**
 * The key-encryption keys, newest first: from the configuration, else from the file `kek` in the data folder, which is made
 * on the first start with owner-only rights. Both hold 32 bytes in base64; several keys, separated by commas or
 * lines, all open and the first one seals, which is how a key is rotated without downtime.
 */
export function loadOrCreateKek(dataDir: string, fromConfig: string | null, random: RandomBytes): Kek[] {
  if (fromConfig !== null) return parseKeks(fromConfig, 'HUB_KEK')
  const path = join(dataDir, 'kek')
  if (!existsSync(path)) create(dataDir, path, random)
  return parseKeks(readOwnFile(path), path)
}

function parseKeks(text: string, source: string): Kek[] {
  const keks = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(entry => kekOf(entry, source))
  if (!keks.length) throw new HubError('SECRET_MISSING', { detail: `${source} holds no key.` })
  return keks
}

function kekOf(entry: string, source: string): Kek {
  const key = Buffer.from(entry, 'base64')
  if (key.length !== KEY_BYTES || !/^[\w+/-]+={0,2}$/.test(entry))
    throw new HubError('CONFIG_INVALID', { detail: `${source} must hold ${KEY_BYTES} bytes in base64.` })
  return { id: createHash('sha256').update('kek').update(key).digest('hex').slice(0, 12), key }
}

/** Written whole and durable under another name, then linked: of two processes that start together one wins, both read the same. */
function create(dataDir: string, path: string, random: RandomBytes): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const draft = `${path}.${random(6).toString('hex')}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    chmodSync(draft, 0o600)
    writeSync(file, `${random(KEY_BYTES).toString('base64')}\n`)
    fsyncSync(file)
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    closeSync(file)
    rmSync(draft)
  }
  syncFolder(dataDir)
}

/** A key that a power cut takes back would leave sealed secrets that nobody can open. */
function syncFolder(dataDir: string): void {
  const folder = openSync(dataDir, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function readOwnFile(path: string): string {
  const file = openSync(path, 'r')
  try {
    const { mode } = fstatSync(file)
    if (mode & OTHERS)
      throw new HubError('CONFIG_INVALID', {
        detail: `${path} can be read by others (mode ${(mode & 0o777).toString(8)}). Make it owner-only, and a new key if others may have read it.`,
      })
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}
