import { describe, expect, it } from '@jest/globals'
import { CONNECTORS } from '#connectors/registry.ts'
import { defineConnector } from '#connectors/sdk/index.ts'
import type { Connector, Manifest } from '#core/contracts/connector.ts'

const manifest: Manifest = {
  id: 'toy',
  name: 'Toy',
  kind: 'storefront',
  api: { version: '1', docs: 'https://example.com/docs' },
  settings: { type: 'object' },
  secrets: {},
  topics: {},
}
const receive: Connector['receive'] = () => ({ ok: true, messages: [] })

async function* pollNothing() {
  yield { messages: [], cursor: '' }
}

const auth = { kind: 'oauth2', grant: 'client-credentials', tokenUrl: () => 'https://a.example', scopes: [] }

describe('defineConnector', () => {
  it('accepts topics that only a queue brings', () => {
    const queue = {
      ...manifest,
      topics: { 'a/b': 'order' },
      polls: { queue: { everySeconds: 1 } },
    } as Manifest
    expect(() => defineConnector({ manifest: queue, poll: pollNothing })).not.toThrow()
  })

  it('freezes the connector with everything in it', () => {
    const toy = defineConnector({ manifest: structuredClone(manifest) })
    expect(Object.isFrozen(toy)).toBe(true)
    expect(Object.isFrozen(toy.manifest.api)).toBe(true)
  })

  it.each([
    ['receive without topics', { manifest, receive }, 'receive'],
    ['topics without receive', { manifest: { ...manifest, topics: { 'a/b': 'order' } } }, 'receive'],
    [
      'polls without poll',
      { manifest: { ...manifest, polls: { order: { everySeconds: 1, topic: 't' } } } },
      'poll',
    ],
    ['pushes without push', { manifest: { ...manifest, pushes: { order: 'state' } } }, 'push'],
    ['a strange id', { manifest: { ...manifest, id: 'Toy_1' } }, 'id'],
    [
      'a date that is none',
      { manifest: { ...manifest, api: { ...manifest.api, sunset: 'soon' } } },
      'sunset',
    ],
    [
      'an interval of nothing',
      {
        manifest: { ...manifest, polls: { order: { everySeconds: 0, topic: 't' } } },
        poll: pollNothing,
      },
      'interval',
    ],
    [
      'a secret nobody explains',
      { manifest: { ...manifest, secrets: { key: { description: ' ', required: true } } } },
      'key',
    ],
    [
      'a day that does not exist',
      { manifest: { ...manifest, api: { ...manifest.api, sunset: '2026-02-30' } } },
      'sunset',
    ],
    ['a topic of no resource', { manifest: { ...manifest, topics: { 'a/b': 'invoice' } }, receive }, 'a/b'],
    [
      'a polled resource without topic',
      { manifest: { ...manifest, polls: { order: { everySeconds: 1 } } }, poll: pollNothing },
      'topic',
    ],
    [
      'a need that nothing fills',
      { manifest: { ...manifest, polls: { queue: { everySeconds: 1, needs: 'key' } } }, poll: pollNothing },
      'needs',
    ],
    [
      'subscriptions that nobody keeps',
      { manifest: { ...manifest, subscriptions: { everySeconds: 60 } } },
      'subscribe',
    ],
    ['a token without a place', { manifest: { ...manifest, auth } }, 'accessToken'],
    [
      'a token that is asked for before it is there',
      {
        manifest: { ...manifest, auth, secrets: { accessToken: { description: 'Token.', required: true } } },
      },
      'accessToken',
    ],
  ] as [string, Connector, string][])('refuses %s', (_what, connector, named) => {
    expect(() => defineConnector(connector)).toThrow(named)
  })
})

describe('the registry', () => {
  it('lists every connector once', () => {
    const ids = CONNECTORS.map(connector => connector.manifest.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(['shopify', 'rest-erp']))
  })
})
