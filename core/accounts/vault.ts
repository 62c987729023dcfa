import { createCipheriv, createDecipheriv } from 'node:crypto'
import { HubError } from '../errors/hub-error.ts'
import type { Kek } from './kek.ts'
import type { RandomBytes } from './secrets.ts'

/** Seals and opens credentials. Knows no store and no connection; a sealed text is safe to keep anywhere. */
export interface Vault {
  /** A text that only this connection and name can open. The same plain text never seals to the same text twice. */
  seal(connection: string, name: string, plain: string): string
  /** The plain text, or `SECRET_UNREADABLE`: wrong place, changed bytes, or a key-encryption key that is not there. */
  open(connection: string, name: string, sealed: string): string
  /** Seals anew if the sealed text is not under the newest key-encryption key; else gives it back unchanged. */
  rotate(connection: string, name: string, sealed: string): string
}

const CIPHER = 'aes-256-gcm'
const VERSION = 'v1'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM. Each seal makes its own data key and wraps it with the newest key-encryption key (`keks[0]`); all given
 * ones open. Connection and name are authenticated, so that a sealed text moved to another place does not open there.
 * Sealed form: `v1.<kek id>.<wrapped data key>.<secret>`, each part base64url of IV, ciphertext and tag.
 */
export function createVault({ keks, random }: { keks: readonly Kek[]; random: RandomBytes }): Vault {
  const newest = keks[0]
  if (!newest) throw new HubError('SECRET_MISSING', { detail: 'There is no key-encryption key.' })
  const byId = new Map(keks.map(kek => [kek.id, kek.key]))

  function seal(connection: string, name: string, plain: string): string {
    const dataKey = random(KEY_BYTES)
    const place = placeOf(connection, name)
    const wrapped = encrypt({ key: newest!.key, place, plain: dataKey, random })
    const secret = encrypt({ key: dataKey, place, plain: Buffer.from(plain), random })
    return [VERSION, newest!.id, wrapped, secret].join('.')
  }

  function open(connection: string, name: string, sealed: string): string {
    const [version, kekId = '', wrapped = '', secret = ''] = sealed.split('.')
    if (version !== VERSION) throw unreadable(name, 'it is not in a known form')
    const kek = byId.get(kekId)
    if (!kek) throw unreadable(name, `the key-encryption key “${kekId}” is not there`)
    const place = placeOf(connection, name)
    try {
      return decrypt(decrypt(kek, place, wrapped), place, secret).toString()
    } catch {
      throw unreadable(name, 'it was changed, or belongs to another place')
    }
  }

  return {
    seal,
    open,
    rotate: (connection, name, sealed) =>
      sealed.startsWith(`${VERSION}.${newest.id}.`)
        ? sealed
        : seal(connection, name, open(connection, name, sealed)),
  }
}

const unreadable = (name: string, why: string): HubError =>
  new HubError('SECRET_UNREADABLE', { detail: `Secret “${name}”: ${why}.`, fingerprint: why })

/** A JSON list, because names joined by a separator could be read two ways. */
const placeOf = (connection: string, name: string): Buffer =>
  Buffer.from(JSON.stringify([VERSION, connection, name]))

interface Encryption {
  key: Buffer
  place: Buffer
  plain: Buffer
  random: RandomBytes
}

function encrypt({ key, place, plain, random }: Encryption): string {
  const iv = random(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(place)
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

function decrypt(key: Buffer, place: Buffer, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(place).setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
}
