import type { Role, Store } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'
import { digestOf, newKeyId, newSecret, type RandomBytes } from './secrets.ts'

const LINK_MS = 15 * 60_000
export const SESSION_MS = 12 * 60 * 60_000

export interface SignIn {
  /** A link that opens one session; the first start prints one for an admin. */
  createLink(holder: {
    role: Role
    label?: string
    tenant?: string
  }): Promise<{ id: string; url: string; expiresAt: number }>
  /** Trades the link's token for a session secret, once. */
  redeem(token: string): Promise<{ id: string; session: string; expiresAt: number }>
}

export interface SignInDeps {
  store: Pick<Store, 'keys'>
  random: RandomBytes
  clock: Clock
  publicUrl: string
}

export function createSignIn({ store, random, clock, publicUrl }: SignInDeps): SignIn {
  return {
    async createLink({ role, label, tenant }) {
      if (role === 'merchant' && !tenant)
        throw new HubError('INPUT_INVALID', { detail: 'A merchant link needs a tenant.' })
      const token = newSecret('sign-in', random)
      const id = newKeyId(random)
      const createdAt = clock.now()
      const expiresAt = createdAt + LINK_MS
      await store.keys.put({
        id,
        kind: 'sign-in',
        role,
        label,
        tenant,
        digest: digestOf(token),
        createdAt,
        expiresAt,
      })
      return { id, url: `${publicUrl.replace(/\/$/, '')}/sign-in?token=${token}`, expiresAt }
    },

    async redeem(token) {
      const createdAt = clock.now()
      const link = await store.keys.find(digestOf(token), createdAt)
      // Revoking is what makes it one-time: of two requests with the same link only one gets `true`.
      if (link?.kind !== 'sign-in' || !(await store.keys.revoke(link.id, createdAt)))
        throw new HubError('NOT_SIGNED_IN', { detail: 'The sign-in link is unknown, used or expired.' })
      const { role, label, tenant } = link
      const session = newSecret('session', random)
      const id = newKeyId(random)
      const expiresAt = createdAt + SESSION_MS
      await store.keys.put({
        id,
        kind: 'session',
        role,
        label,
        tenant,
        digest: digestOf(session),
        createdAt,
        expiresAt,
      })
      return { id, session, expiresAt }
    },
  }
}
