import { expect, it } from '@jest/globals'
import { ebay } from '#connectors/marketplaces/ebay/connector.ts'
import { createTokenEndpoint } from '#core/accounts/oauth/token-endpoint.ts'
import type { HttpRequest, OAuth } from '#core/contracts/connector.ts'

async function askedWith(clientId: string, secret: string): Promise<HttpRequest> {
  const asked: HttpRequest[] = []
  const ask = createTokenEndpoint({
    clock: { now: () => 0, timer: () => () => undefined },
    newId: () => 'id-1',
    allowPrivateHosts: [],
    http: {
      async request(request) {
        asked.push(request)
        return { status: 200, headers: {}, body: { access_token: 'token', expires_in: 7_200 } }
      },
    },
  })
  await ask({
    auth: ebay.manifest.auth as OAuth,
    settings: {},
    app: { clientId, clientSecrets: [secret], own: true },
    grant: { type: 'refresh_token', refreshToken: 'refresh' },
  })
  return asked[0]!
}

const proofIn = ({ headers }: HttpRequest): string =>
  Buffer.from((headers?.['authorization'] ?? '').replace(/^Basic /, ''), 'base64').toString()

it('hyphens, dots and underscores of an app’s id go as they are: not every partner decodes them', async () => {
  expect(proofIn(await askedWith('Acme-Hub-PRD-1a2b', 'PRD-3c_4d.5e'))).toBe('Acme-Hub-PRD-1a2b:PRD-3c_4d.5e')
})

it('what would break the header is escaped', async () => {
  expect(proofIn(await askedWith('a:b', 'ü%'))).toBe('a%3Ab:%C3%BC%25')
})

it('a renewal at eBay asks for no scopes, so that a longer list breaks no consent of before', async () => {
  const { body } = await askedWith('id', 'secret')
  expect(Object.fromEntries(body as URLSearchParams)).toEqual({
    grant_type: 'refresh_token',
    refresh_token: 'refresh',
  })
})
