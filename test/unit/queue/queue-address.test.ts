import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { readAddress } from '#core/queue/bullmq/read-address.ts'

const PLAIN = {
  ...{ host: 'redis.test', port: 6379, db: 0, username: undefined, password: undefined },
  ...{ tls: false, cluster: false, prefix: 'crossdock' },
}

describe('the address of the queue', () => {
  it.each([
    ['redis://redis.test', PLAIN],
    ['redis://redis.test:7000/3', { ...PLAIN, port: 7000, db: 3 }],
    ['rediss://hub:p%40ss@redis.test', { ...PLAIN, tls: true, username: 'hub', password: 'p@ss' }],
    ['redis://:secret@redis.test', { ...PLAIN, password: 'secret' }],
    ['redis://redis.test?cluster=true&prefix=shop-1', { ...PLAIN, cluster: true, prefix: 'shop-1' }],
    ['redis://[::1]:7000', { ...PLAIN, host: '::1', port: 7000 }],
  ])('reads %s', (address, expected) => {
    expect(readAddress(address)).toEqual(expected)
  })

  it.each([
    'redis://u:s3cret@host:notaport',
    'http://u:s3cret@host',
    'redis://u:s3cret@host/queue',
    'redis://u:s3cret@host?prefix={x}',
    'redis://u:s3cret@host?cluster=yes',
    'redis://u:s3cret@host/2?cluster=true',
    'redis://u:s3cret@host?tls=true',
    'redis://u:s3cret%@host',
  ])('refuses %s without showing the password', address => {
    let refused: unknown
    try {
      readAddress(address)
    } catch (error) {
      refused = error
    }
    expect(refused).toBeInstanceOf(HubError)
    expect(refused).toMatchObject({ code: 'CONFIG_INVALID' })
    expect(inspect(refused, { depth: 5 })).not.toContain('s3cret')
  })
})
