import { createHash } from 'node:crypto'
import type { StoredKey } from '../contracts/store.ts'

/** Fresh random bytes; production passes `crypto.randomBytes`. */
export type RandomBytes = (size: number) => Buffer

/** A leaked secret should be recognisable as ours by scanners and say what it opens. */
const PREFIX: Record<StoredKey['kind'], string> = {
  api: 'xd_',
  'sign-in': 'xdl_',
  session: 'xds_',
  connect: 'xdc_',
  privacy: 'xdp_',
}

export const newSecret = (kind: StoredKey['kind'], random: RandomBytes): string =>
  `${PREFIX[kind]}${random(32).toString('base64url')}`

/** 256 random bits need no slow hash: the digest alone is kept. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

export const newKeyId = (random: RandomBytes): string => `key_${random(9).toString('base64url')}`
