import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { loadOrCreateKek } from '#core/accounts/kek.ts'
import { sealSecrets } from '#core/accounts/sealed-secrets.ts'
import { createVault } from '#core/accounts/vault.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { connection } from '../conformance/store/samples.ts'
import { type OAuthPartner, oauthPartner } from '../support/oauth-partner.ts'
import { dropKeys, redisUrl } from '../support/redis.ts'
import { inProcesses } from './children.ts'

const server = redisUrl()
const prefix = `test-${randomUUID()}`
const describeIf = server ? describe : describe.skip

/** Refresh tokens of this partner work once, and a refresh takes long enough for everybody to find the old token expired. */
describeIf('an expired token', () => {
  let partner: OAuthPartner
  afterEach(async () => {
    await partner.close()
    await dropKeys(server!, prefix)
  })

  it.each([
    ['refused by the partner', {}],
    ['at its end', { accessTokenEndsAt: ['1'] }],
  ])(
    '%s is refreshed once for 50 calls at once in each of 4 processes, and every call succeeds',
    async (_why, end) => {
      partner = await oauthPartner()
      partner.before = () => pass(300)
      partner.refreshable('refresh-0')
      const file = join(mkdtempSync(join(tmpdir(), 'expired-token-')), 'hub.db')
      const kek = randomBytes(32).toString('base64')
      const vault = createVault({ keks: loadOrCreateKek('', kek, randomBytes), random: randomBytes })
      const store = openSqliteStore({ url: file, engine: false })
      const secrets = { accessToken: ['access-0'], refreshToken: ['refresh-0'], ...end }
      await store.connections.put({
        ...connection('shop', { secrets: sealSecrets(vault, 'shop', secrets) }),
        connector: 'boutique',
        settings: { shop: 'acme.example', tokenUrl: `${partner.url}/token` },
      })
      const statuses = await inProcesses<number[]>(4, './expired-token-child.ts', {
        ...{ redis: server!, prefix, store: file, kek, calls: 50 },
        partner: partner.url,
      })
      await store.close()
      expect(statuses.flat()).toEqual(Array(200).fill(200))
      expect(partner.asked).toHaveLength(1)
    },
    60_000,
  )
})
