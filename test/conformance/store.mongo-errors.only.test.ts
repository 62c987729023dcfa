// Only here: an address with a password, and a driver with errors of its own, are MongoDB's alone. Needs no server.
import { describe, expect, it } from '@jest/globals'
import { MongoNetworkError, MongoServerError } from 'mongodb'
import { HubError } from '#core/errors/hub-error.ts'
import { readConnectionIds } from '#core/store/mongo/connection-ids.ts'
import { asStoreError } from '#core/store/mongo/errors.ts'
import { openMongoStore } from '#core/store/mongo/open-mongo-store.ts'

describe('an address', () => {
  const secret = 'mongodb://hub:hush@127.0.0.1:1/hub?serverSelectionTimeoutMS=200'

  it('where no server answers is told without its password', async () => {
    const refused = await openMongoStore({ url: secret }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'STORE_UNAVAILABLE', recovery: 'retry' })
    expect(String(refused)).not.toContain('hush')
    expect(() => readConnectionIds(secret)).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }))
  })

  it('that cannot be read is told without its password', async () => {
    const refused = await openMongoStore({ url: 'mongodb://hub:hu/sh@one' }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'CONFIG_INVALID', cause: undefined })
    expect(String(refused)).not.toContain('sh@')
  })

  it('goes with bodies that a record of MongoDB can hold', async () => {
    const open = openMongoStore({ url: secret, maxBodyBytes: 20_000_000 })
    await expect(open).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  })
})

describe('what the driver throws', () => {
  const answered = (code: number) => new MongoServerError({ message: 'user hush', code })

  it.each<[string, unknown, string]>([
    ['a broken connection', new MongoNetworkError('hush.example:27017'), 'STORE_UNAVAILABLE'],
    ['a primary that stepped down', answered(10_107), 'STORE_UNAVAILABLE'],
    ['a majority out of reach', answered(64), 'STORE_UNAVAILABLE'],
    ['a server that shuts down', answered(91), 'STORE_UNAVAILABLE'],
    ['a wait that was ended', AbortSignal.abort().reason, 'STORE_UNAVAILABLE'],
    ['a wrong password', answered(18), 'STORE_REFUSED'],
    ['a missing right', answered(13), 'STORE_REFUSED'],
    ['a record over the bound', answered(10_334), 'BODY_TOO_LARGE'],
    ['a statement it does not know', answered(59), 'UNEXPECTED'],
    ['a fault of ours', new TypeError('hush'), 'UNEXPECTED'],
  ])('is told without its words: %s', (_name, thrown, code) => {
    const error = asStoreError(thrown)
    expect(error).toMatchObject({ code, cause: thrown })
    expect(error.message).not.toContain('hush')
  })

  it('is left alone where it is ours already', () => {
    const own = new HubError('INPUT_INVALID')
    expect(asStoreError(own)).toBe(own)
  })
})
