import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { loadOrCreateKek } from '#core/accounts/kek.ts'
import { openSecrets, rotateSecrets, sealSecrets } from '#core/accounts/sealed-secrets.ts'
import { createVault } from '#core/accounts/vault.ts'

const base = mkdtempSync(join(tmpdir(), 'vault-'))
afterAll(() => rmSync(base, { recursive: true }))

const kek = () => loadOrCreateKek('', randomBytes(32).toString('base64'), randomBytes)[0]!
const vaultOf = (...keks: ReturnType<typeof kek>[]) => createVault({ keks, random: randomBytes })
const unreadable = expect.objectContaining({ code: 'SECRET_UNREADABLE' })

describe('the vault', () => {
  it('opens what it sealed, whatever the text', () => {
    const vault = vaultOf(kek())
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), plain => {
        expect(vault.open('c1', 'token', vault.seal('c1', 'token', plain))).toBe(plain.toWellFormed())
      }),
    )
  })

  it('never seals the same text to the same text', () => {
    const vault = vaultOf(kek())
    expect(vault.seal('c1', 'token', 'x')).not.toBe(vault.seal('c1', 'token', 'x'))
  })

  it('does not open a text that was moved to another connection or name', () => {
    const vault = vaultOf(kek())
    const sealed = vault.seal('c1', 'token', 'x')
    for (const [connection, name] of [
      ['c2', 'token'],
      ['c1', 'apiKey'],
      ['c1","token', ''],
    ] as const)
      expect(() => vault.open(connection, name, sealed)).toThrow(unreadable)
  })

  it('does not open a text of which one bit was changed', () => {
    const vault = vaultOf(kek())
    const parts = vault.seal('c1', 'token', 'a secret').split('.')
    for (const part of [2, 3]) {
      const bytes = Buffer.from(parts[part]!, 'base64url')
      for (let at = 0; at < bytes.length; at++) {
        const changed = Buffer.from(bytes)
        changed[at]! ^= 1
        const text = parts.with(part, changed.toString('base64url')).join('.')
        expect(() => vault.open('c1', 'token', text)).toThrow(unreadable)
      }
    }
  })

  it.each(['', 'v1', 'v1.x.y.z', 'v2.a.b.c', 'plain text'])('does not open “%s”', text => {
    expect(() => vaultOf(kek()).open('c1', 'token', text)).toThrow(unreadable)
  })

  it('does not open with another key, and says which key is missing', () => {
    const first = kek()
    const sealed = vaultOf(first).seal('c1', 'token', 'x')
    expect(() => vaultOf(kek()).open('c1', 'token', sealed)).toThrow(
      expect.objectContaining({ detail: expect.stringContaining(first.id) }),
    )
  })

  it('tells nothing of the secret in an error', () => {
    const vault = vaultOf(kek())
    const broken = vault.seal('c1', 'token', 'hunter2')
    expect(() => openSecrets(vault, 'c1', { token: broken })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    )
  })

  it('needs a key', () => {
    expect(() => vaultOf()).toThrow(expect.objectContaining({ code: 'SECRET_MISSING' }))
  })
})

describe('rotation', () => {
  it('opens old texts with the old key while the newest seals', () => {
    const [older, newer] = [kek(), kek()]
    const sealed = vaultOf(older).seal('c1', 'token', 'x')
    const vault = vaultOf(newer, older)
    expect(vault.open('c1', 'token', sealed)).toBe('x')
    expect(vault.seal('c1', 'token', 'x')).toContain(newer.id)
  })

  it('brings every secret under the newest key, once', () => {
    const [older, newer] = [kek(), kek()]
    const sealed = sealSecrets(vaultOf(older), 'c1', { token: ['new', 'old'], apiKey: [] })
    const both = vaultOf(newer, older)
    const rotated = rotateSecrets(both, 'c1', sealed)
    expect(openSecrets(vaultOf(newer), 'c1', rotated)).toEqual({ token: ['new', 'old'], apiKey: [] })
    expect(rotateSecrets(both, 'c1', rotated)).toBe(rotated)
  })
})

describe('loadOrCreateKek', () => {
  const modeOf = (path: string) => statSync(path).mode & 0o777

  it('makes a key with owner-only rights in an owner-only folder, and finds it again', () => {
    const folder = join(base, 'made')
    const [made] = loadOrCreateKek(folder, null, randomBytes)
    expect(modeOf(join(folder, 'kek'))).toBe(0o600)
    expect(modeOf(folder)).toBe(0o700)
    expect(readdirSync(folder)).toEqual(['kek'])
    expect(loadOrCreateKek(folder, null, randomBytes)).toEqual([made])
  })

  it('makes a different key in every folder', () => {
    const keys = ['a', 'b'].map(name => loadOrCreateKek(join(base, name), null, randomBytes)[0]!)
    expect(keys[0]!.key.equals(keys[1]!.key)).toBe(false)
    expect(keys[0]!.id).not.toBe(keys[1]!.id)
  })

  it.each([0o644, 0o640, 0o604])('refuses a file of mode %o', mode => {
    const folder = join(base, `open-${mode}`)
    loadOrCreateKek(folder, null, randomBytes)
    chmodSync(join(folder, 'kek'), mode)
    expect(() => loadOrCreateKek(folder, null, randomBytes)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    )
  })

  it('reads several keys, newest first, from the file and from the configuration', () => {
    const folder = join(base, 'several')
    const [older] = loadOrCreateKek(folder, null, randomBytes)
    const newer = randomBytes(32).toString('base64')
    const path = join(folder, 'kek')
    const both = `${newer}\n${readFileSync(path, 'utf8')}`
    writeFileSync(path, both)
    const fromFile = loadOrCreateKek(folder, null, randomBytes)
    expect(fromFile).toHaveLength(2)
    expect(fromFile[1]).toEqual(older)
    expect(loadOrCreateKek(folder, both.trim().replace('\n', ','), randomBytes)).toEqual(fromFile)
  })

  it('makes no file when the configuration has the key', () => {
    const folder = join(base, 'configured')
    loadOrCreateKek(folder, randomBytes(32).toString('base64'), randomBytes)
    expect(() => statSync(folder)).toThrow()
  })

  it.each([
    '',
    'short',
    Buffer.alloc(31).toString('base64'),
    `${Buffer.alloc(32).toString('base64')}!`,
    Buffer.alloc(64).toString('base64'),
  ])('refuses the key “%s” without repeating it', text => {
    let error: unknown
    try {
      loadOrCreateKek(base, text, randomBytes)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ recovery: 'halt' })
    if (text) expect((error as Error).message).not.toContain(text)
  })
})
