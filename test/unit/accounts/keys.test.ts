import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createKeys, type Keys } from '#core/accounts/keys.ts'
import { createSignIn, type SignIn } from '#core/accounts/sign-in.ts'
import type { Store } from '#core/contracts/store.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'

let store: Store
let clock: ManualClock
let keys: Keys
let signIn: SignIn

beforeEach(() => {
  store = openSqliteStore({ url: ':memory:', engine: true })
  clock = new ManualClock()
  keys = createKeys({ store, clock, random: randomBytes })
  signIn = createSignIn({ store, clock, random: randomBytes, publicUrl: 'https://hub.example/' })
})

afterEach(() => store.close())

const tokenOf = (url: string): string => new URL(url).searchParams.get('token') ?? ''

describe('an API key', () => {
  it('is shown once, verifies, and is kept as a digest only', async () => {
    const { id, key } = await keys.create({ role: 'operator', label: 'ops', tenant: 'acme' })
    expect(key).toMatch(/^xd_[A-Za-z0-9_-]{43}$/)
    expect(await keys.verify(key)).toEqual({ id, role: 'operator', tenant: 'acme', label: 'ops' })
    expect(JSON.stringify(await store.keys.list('api'))).not.toContain(key)
    expect(Object.keys((await keys.list())[0]!)).not.toContain('digest')
  })

  it('is refused when it is wrong, revoked or expired', async () => {
    const { id, key } = await keys.create({ role: 'admin', expiresAt: clock.now() + 60_000 })
    expect(await keys.verify(`${key}x`)).toBeNull()
    const other = await keys.create({ role: 'viewer' })
    await keys.verify(other.key)
    expect(await keys.revoke(other.id)).toBe(true)
    expect(await keys.revoke(other.id)).toBe(false)
    expect(await keys.verify(other.key)).toBeNull()
    expect((await keys.verify(key))?.id).toBe(id)
    await clock.advance(60_000)
    expect(await keys.verify(key)).toBeNull()
  })

  it('revoked by another process stops within five seconds', async () => {
    const { id, key } = await keys.create({ role: 'admin' })
    await keys.verify(key)
    await store.keys.revoke(id, clock.now())
    await clock.advance(5_001)
    expect(await keys.verify(key)).toBeNull()
  })

  it('of a merchant needs a tenant', () =>
    expect(keys.create({ role: 'merchant' })).rejects.toMatchObject({ code: 'INPUT_INVALID' }))
})

describe('a sign-in link', () => {
  it('opens one session of its role, once', async () => {
    const { url } = await signIn.createLink({ role: 'admin' })
    expect(url).toMatch(/^https:\/\/hub\.example\/sign-in\?token=xdl_/)
    const both = await Promise.allSettled([signIn.redeem(tokenOf(url)), signIn.redeem(tokenOf(url))])
    const opened = both.filter(result => result.status === 'fulfilled')
    expect(opened).toHaveLength(1)
    expect(await keys.verify(opened[0]!.value.session, 'session')).toMatchObject({ role: 'admin' })
  })

  it('expires after fifteen minutes, its session after twelve hours', async () => {
    const late = await signIn.createLink({ role: 'admin' })
    await clock.advance(15 * 60_000)
    await expect(signIn.redeem(tokenOf(late.url))).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
    const { session } = await signIn.redeem(tokenOf((await signIn.createLink({ role: 'admin' })).url))
    await clock.advance(12 * 3_600_000 - 1)
    expect(await keys.verify(session, 'session')).not.toBeNull()
    await clock.advance(1)
    expect(await keys.verify(session, 'session')).toBeNull()
  })

  it('is no key, and a session is no key', async () => {
    const { url } = await signIn.createLink({ role: 'admin' })
    expect(await keys.verify(tokenOf(url))).toBeNull()
    const { session } = await signIn.redeem(tokenOf(url))
    expect(await keys.verify(session)).toBeNull()
    await keys.verify(session, 'session')
    expect(await keys.verify(session)).toBeNull()
    const { key } = await keys.create({ role: 'admin' })
    await expect(signIn.redeem(key)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  })
})
