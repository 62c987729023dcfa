import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { decode } from '#connectors/marketplaces/ebay/decode.ts'
import { receive } from '#connectors/marketplaces/ebay/receive.ts'
import type { ConnectionView, ConnectorContext, RawRequest } from '#core/contracts/connector.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'
import { fixturesDir } from '#test/support/fixtures.ts'

const folder = fixturesDir()
if (folder === null) console.warn('Skipped: the folder of real partner payloads is not there (HUB_FIXTURES).')
const suite = folder === null ? describe.skip : describe

interface Vector {
  id: string
  public_key_response?: unknown
  headers?: Record<string, string>
  body?: string
  valid: boolean
  challenge_code?: string
  verification_token?: string
  endpoint?: string
  expected?: unknown
}

const vectors: Vector[] =
  folder === null ? [] : JSON.parse(readFileSync(join(folder, 'signatures/ebay.json'), 'utf8'))
const signed = vectors.filter(({ headers }) => headers)
const challenges = vectors.filter(({ challenge_code: code }) => code)

const connection = (secrets: Record<string, string[]> = {}): ConnectionView => ({
  id: 'acme-ebay',
  tenant: 'acme',
  connector: 'ebay',
  settings: { apiBaseUrl: 'https://api.ebay.example' },
  secrets,
})

const request = (over: Partial<RawRequest>): RawRequest => {
  const url = over.url ?? 'https://hub.example/webhooks/acme-ebay'
  const { pathname, search } = new URL(url)
  return {
    method: 'POST',
    target: `${pathname}${search}`,
    headers: {},
    body: Buffer.alloc(0),
    receivedAt: 0,
    ...over,
    url,
  }
}

/** Whoever asks eBay gets this answer. */
const answering = (body: unknown, asked: string[] = []): ConnectorContext => ({
  connection: connection(),
  token: async () => 'token',
  now: () => 0,
  together: sentApart,
  sleep: async () => undefined,
  signal: new AbortController().signal,
  log: () => undefined,
  http: {
    async request({ url }) {
      asked.push(url)
      return { status: 200, headers: { 'content-type': 'application/json' }, body }
    },
  },
})

suite('real notifications of eBay', () => {
  it.each(signed)('$id is accepted: $valid', async ({ headers, body, valid, public_key_response: key }) => {
    const lower = Object.fromEntries(
      Object.entries(headers!).map(([name, value]) => [name.toLowerCase(), value]),
    )
    const received = await receive(
      request({ headers: lower, body: Buffer.from(body!) }),
      connection(),
      answering(key),
    )
    expect(received.ok).toBe(valid)
  })

  it.each(challenges)('$id is answered as eBay expects', async vector => {
    const { challenge_code: code, verification_token: token, endpoint, expected } = vector
    const received = await receive(
      request({ method: 'GET', url: `${endpoint}?challenge_code=${code}` }),
      connection({ verificationToken: [token!] }),
      answering(null),
    )
    expect(received.ok && received.answer?.status).toBe(200)
    expect(received.ok && JSON.parse(received.answer?.body ?? '')).toEqual(expected)
  })

  it('a challenge without a verification token is refused', async () => {
    const url = 'https://hub.example/webhooks/acme-ebay?challenge_code=1'
    const received = await receive(request({ method: 'GET', url }), connection(), answering(null))
    expect(received).toMatchObject({ ok: false, status: 401 })
  })

  it('an account deletion is counted as what it is, and asks eBay for nothing', async () => {
    const body = readFileSync(join(folder!, 'ebay/notification-account-deletion-1.json'))
    const asked: string[] = []
    const topic = 'MARKETPLACE_ACCOUNT_DELETION'
    const decoded = await decode(
      { topic, dedupeKey: '1', headers: {}, body, via: 'webhook' },
      answering(null, asked),
    )
    const { data } = JSON.parse(String(body)).notification
    const person = { ids: [data.username, data.userId, data.eiasToken], maybeUnknown: true }
    expect(decoded).toMatchObject({ skip: 'ERASURE_REQUESTED', privacy: { act: 'erase', person } })
    expect((decoded as { detail: string }).detail).not.toContain(data.username)
    expect(asked).toEqual([])
  })

  it('are all looked at', () => {
    const others = readdirSync(join(folder!, 'ebay')).filter(file => !file.endsWith('.headers.json'))
    expect(others).toEqual(['notification-account-deletion-1.json'])
  })
})
