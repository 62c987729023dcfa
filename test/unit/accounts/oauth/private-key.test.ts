import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { auth } from '#connectors/erp/netsuite/auth.ts'
import { createNetsuiteSimulator, type NetsuiteSimulator } from '#connectors/erp/netsuite/simulator.ts'
import { appOf } from '#core/accounts/oauth/apps.ts'
import { createTokenEndpoint } from '#core/accounts/oauth/token-endpoint.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

const [good, other] = [pair(), pair()]

let partner: NetsuiteSimulator
const http = createHttpClient({ clock: systemClock, allowPrivateHosts: ['127.0.0.1'] })

beforeEach(async () => {
  partner = await createNetsuiteSimulator({
    ...{ now: () => Date.now(), random: () => 0.5, timeZone: 'UTC' },
    ...{ clientId: 'client-1', certificateId: 'cert-1', publicKey: createPublicKey(good.publicKey) },
  })
})
afterEach(async () => {
  await partner.close()
  http.close()
})

const ask = (secrets: Record<string, readonly string[]>) =>
  createTokenEndpoint({ http, clock: systemClock, newId: () => 'id', allowPrivateHosts: ['127.0.0.1'] })({
    ...{ auth, settings: { accountId: '1', apiBaseUrl: partner.baseUrl } },
    app: appOf({ connector: 'netsuite', secrets }, {}, auth)!,
    grant: { type: 'client_credentials' },
  })

const secrets = { clientId: ['client-1'], privateKey: [good.privateKey], certificateId: ['cert-1'] }

describe('an app that proves itself by a private key', () => {
  it('gets a token for an assertion that its key signed', async () => {
    const { accessToken, endsAt } = await ask(secrets)
    expect([accessToken, endsAt! > Date.now()]).toEqual(['simulated-netsuite-token-1', true])
  })

  it('gets one with the older key while the partner does not know the newer one', async () => {
    const rotating = { privateKey: [other.privateKey, good.privateKey], certificateId: ['cert-2', 'cert-1'] }
    await expect(ask({ ...secrets, ...rotating })).resolves.toMatchObject({ accessToken: expect.any(String) })
  })

  it.each([
    ['another key', { privateKey: [other.privateKey] }],
    ['another certificate id', { certificateId: ['cert-9'] }],
    ['what is no key', { privateKey: ['-----BEGIN PRIVATE KEY-----\nsecret-words'] }],
  ])('is refused with %s, and the error holds no key', async (_, wrong) => {
    const thrown: unknown = await ask({ ...secrets, ...wrong }).catch((error: unknown) => error)
    expect(thrown).toMatchObject({ code: 'OAUTH_APP_REFUSED' })
    expect(`${String(thrown)} ${JSON.stringify(thrown)}`).not.toMatch(/secret-words|BEGIN/)
  })

  it('is none without the key, whatever the configuration has for the connector', () => {
    const apps = { netsuite: { clientId: 'c', clientSecret: ['s'] } }
    expect(appOf({ connector: 'netsuite', secrets: { clientId: ['client-1'] } }, apps, auth)).toBeNull()
  })
})
