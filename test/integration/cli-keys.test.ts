import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createKeys } from '#core/accounts/keys.ts'
import { createSignIn } from '#core/accounts/sign-in.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { type CliWorld, cliWorld } from './cli-harness.ts'

let cli: CliWorld

beforeEach(() => {
  cli = cliWorld()
})

afterEach(() => cli.close())

const deps = () => ({ store: cli.store(), clock: systemClock, random: randomBytes })

describe('hub keys', () => {
  it('makes a key beside a running hub, which accepts it', async () => {
    const keys = createKeys(deps())
    const { code, json } = await cli.hub('keys create --role operator --label night --json')
    expect(code).toBe(0)
    expect(json).toMatchObject({ id: expect.stringMatching(/^key_/), key: expect.stringMatching(/^xd_/) })
    expect(await keys.verify(json.key)).toMatchObject({ id: json.id, role: 'operator' })
  })

  it('prints the key alone on its first line for people', async () => {
    const { out } = await cli.hub('keys create --role admin')
    expect(out.split('\n')[0]).toMatch(/^xd_[\w-]+$/)
  })

  it.each([
    ['keys create --role merchant', /needs a tenant/],
    ['keys create --role viewer --tenant nobody', /no tenant “nobody”/],
    ['keys create --role viewer --expires tomorrow', /--expires.*RFC 3339/],
    ['keys revoke key_nobody', /^NOT_FOUND/],
  ])('refuses `hub %s`', async (line, sentence) => {
    const { code, err } = await cli.hub(line)
    expect(code).toBe(1)
    expect(err).toMatch(sentence)
  })

  it('lists keys with their state and never with their secret', async () => {
    const { json: first } = await cli.hub('keys create --role admin --json')
    await cli.hub('keys create --role viewer --tenant acme --expires 2020-01-01T00:00:00Z')
    await cli.hub(`keys revoke ${first.id}`)
    const { out } = await cli.hub('keys list')
    expect(out).toMatch(/admin .*revoked/)
    expect(out).toMatch(/viewer .*acme .*expired/)
    expect((await cli.hub('keys list --json')).json).toMatchObject({ total: 2, next: null })
    expect(out).not.toContain(first.key)
  })

  it('revokes once and says so the second time', async () => {
    const { json } = await cli.hub('keys create --role admin --json')
    expect((await cli.hub(`keys revoke ${json.id} --json`)).json).toEqual({ id: json.id, revoked: true })
    expect((await cli.hub(`keys revoke ${json.id} --json`)).json).toEqual({ id: json.id, revoked: false })
  })

  it('prints a link that opens one session, an admin’s unless told', async () => {
    const signIn = createSignIn({ ...deps(), publicUrl: '' })
    const { json } = await cli.hub('keys sign-in --json')
    const token = new URL(json.url).searchParams.get('token')!
    await expect(signIn.redeem(token)).resolves.toMatchObject({ session: expect.any(String) })
    await expect(signIn.redeem(token)).rejects.toThrow('used')
  })

  it('leaves its acts in the audit under its own name', async () => {
    const { json } = await cli.hub('keys create --role admin --json')
    await cli.hub(`keys revoke ${json.id}`)
    const { items } = await cli.store().audit.list()
    expect(items.map(({ actor, action, subject }) => ({ actor, action, subject }))).toEqual([
      { actor: 'cli', action: 'key.revoke', subject: json.id },
      { actor: 'cli', action: 'key.create', subject: json.id },
    ])
    expect(JSON.stringify(items)).not.toContain(json.key)
  })
})
