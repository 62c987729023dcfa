import { createHmac } from 'node:crypto'
import type { Store } from '../../contracts/store.ts'
import { type Clock, sleep } from '../../kernel/clock.ts'
import { digestOf, newSecret, type RandomBytes } from '../secrets.ts'
import type { Vault } from '../vault.ts'

export interface DigestsDeps {
  store: Pick<Store, 'keys' | 'leases'>
  vault: Vault
  random: RandomBytes
  clock: Clock
}

/** What is remembered of erased people: HMAC-SHA256 under a key that only the vault opens. Plain digests could be guessed. */
export type DigestOf = (subject: string) => Promise<string>

const ID = 'privacy'
const NAME = 'digest-key'
const LEASE_MS = 10_000
const PAUSE_MS = 50

/** The key is made once for all processes, on first use. */
export function createDigests(deps: DigestsDeps): DigestOf {
  let key: Promise<string> | undefined

  return async subject => {
    key ??= openKey(deps).catch(error => {
      key = undefined
      throw error
    })
    return createHmac('sha256', await key)
      .update(subject)
      .digest('base64url')
  }
}

async function openKey(deps: DigestsDeps): Promise<string> {
  const { store, clock, random } = deps
  const owner = random(12).toString('hex')
  for (;;) {
    const found = await storedKey(deps)
    if (found !== null) return found
    const now = clock.now()
    if (await store.leases.acquire('privacy:key', owner, now, now + LEASE_MS)) {
      const made = (await storedKey(deps)) ?? (await makeKey(deps))
      await store.leases.release('privacy:key', owner)
      return made
    }
    await sleep(clock, PAUSE_MS)
  }
}

/** Brought under the newest key-encryption key, so that an old one can be taken away. */
async function storedKey({ store, vault }: DigestsDeps): Promise<string | null> {
  const key = (await store.keys.list('privacy')).find(({ id }) => id === ID)
  if (!key) return null
  const sealed = key.label ?? ''
  const label = vault.rotate(ID, NAME, sealed)
  if (label !== sealed) await store.keys.put({ ...key, label })
  return vault.open(ID, NAME, label)
}

async function makeKey({ store, vault, random, clock }: DigestsDeps): Promise<string> {
  const secret = newSecret('privacy', random)
  await store.keys.put({
    ...{ id: ID, kind: 'privacy', role: 'admin', createdAt: clock.now() },
    ...{ digest: digestOf(secret), label: vault.seal(ID, NAME, secret) },
  })
  return secret
}
