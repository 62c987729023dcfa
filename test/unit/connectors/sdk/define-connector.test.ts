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

describe('defineConnector', () => {
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
