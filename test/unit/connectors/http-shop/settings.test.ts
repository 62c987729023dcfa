import { describe, expect, it } from '@jest/globals'
import { createCheckSchema } from '#config/check-schema.ts'
import { httpShop } from '#connectors/storefronts/http/connector.ts'
import { manifestFor } from '#core/kernel/manifest-for.ts'
import { BASE } from './declared.ts'

const { manifest } = httpShop

/** What `hub config check` says of these settings: path and fix. */
function said(settings: Record<string, unknown>): string[] {
  const problems = createCheckSchema()(manifest.settings, { baseUrl: BASE, ...settings })
  return problems.map(({ path, message, fix }) => `${path.join('.')} ${message}: ${fix}`)
}

const webhooks = { signature: { kind: 'standard-webhooks' }, topic: { fixed: 'o' }, topics: { o: 'order' } }

describe('the settings of a declared channel', () => {
  it('are fine with what the README shows', () => {
    expect(said({ webhooks, polls: { order: { path: '/o', changedAt: '/at' } } })).toEqual([])
  })

  it.each([
    [
      'a signature that is none',
      { webhooks: { ...webhooks, signature: { kind: 'md5' } } },
      'webhooks.signature.kind',
    ],
    [
      'an HMAC without header',
      { webhooks: { ...webhooks, signature: { kind: 'hmac', encoding: 'hex' } } },
      'webhooks.signature.header',
    ],
    [
      'a secret that is nowhere',
      { webhooks: { ...webhooks, signature: { kind: 'shared-secret' } } },
      'parameter',
    ],
    [
      'two places for a topic',
      { webhooks: { ...webhooks, topic: { header: 'a', query: 'b' } } },
      'webhooks.topic',
    ],
    ['a pointer without slash', { polls: { order: { path: '/o', changedAt: 'at' } } }, 'JSON Pointer'],
    [
      'another host in a path',
      { polls: { order: { path: 'https://a.example', changedAt: '/at' } } },
      'polls.order.path',
    ],
    ['a resource that is none', { polls: { orders: { path: '/o', changedAt: '/at' } } }, 'polls'],
    [
      'a token that stands nowhere',
      { polls: { order: { path: '/o', changedAt: '/at', next: 'token' } } },
      'polls.order.token',
    ],
    [
      'a POST that may arrive twice',
      { pushes: { order: { method: 'POST', path: '/o', once: true } } },
      'idempotencyHeader',
    ],
    [
      'a POST without a way to change',
      { pushes: { order: { method: 'POST', path: '/o', search: { path: '/o' } } } },
      '`update`',
    ],
    ['credentials without their header', { auth: { kind: 'header' } }, 'auth.header'],
    ['a code that is none', { responses: [{ status: 422, code: 'IGNORE' }] }, 'responses.0.code'],
    ['a typing mistake', { webhook: webhooks }, 'webhooks'],
  ])('name what to do about %s', (_what, settings, named) => {
    expect(said(settings).join('\n')).toContain(named)
  })

  it('say what the connection can do', () => {
    const settings = {
      baseUrl: BASE,
      webhooks,
      polls: { order: { path: '/o', changedAt: '/at', everySeconds: 30 } },
      pushes: { inventory: { path: '/s/{/sku}' } },
      limits: { capacity: 40, refillPerSecond: 2, headers: { remaining: 'X-Left' } },
      auth: { kind: 'client-credentials', tokenUrl: 'https://a.example/token' },
    }
    const own = manifestFor(manifest, { settings })
    expect(own).toMatchObject({
      topics: { o: 'order' },
      polls: { order: { everySeconds: 30, topic: 'poll/order' } },
      pushes: { inventory: 'state' },
      auth: { kind: 'oauth2', grant: 'client-credentials' },
    })
    expect(own.limits?.read?.({ status: 200, headers: { 'x-left': '7' }, body: '' })).toEqual({
      available: 7,
    })
    expect(manifestFor(manifest, { settings })).toBe(own)
  })

  it('of a connection without any leave nothing to do', () => {
    expect(manifestFor(manifest, { settings: { baseUrl: BASE } })).toMatchObject({
      topics: {},
      polls: {},
      pushes: {},
    })
  })
})
