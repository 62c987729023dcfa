/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment */
import { describe, expect, it } from '@jest/globals'
import { loadConfig } from '#config/load.ts'
import { configSummary } from '#config/summary.ts'
import { oauthConnector } from '#test/support/oauth-partner.ts'

const manifests = new Map([['boutique', oauthConnector().manifest]])
const env = { HUB_CONFIG: 'hub.yaml', APP_SECRET: 's3cret-new', APP_OLD: 's3cret-old' }

const load = (apps: string, more = '') =>
  loadConfig({
    env,
    manifests,
    readFile: () => `tenants: [{ id: acme, name: Acme }]\napps: ${apps}\n${more}`,
  })

const APP = '{ boutique: { clientId: hub, clientSecret: ["${APP_SECRET}", "${APP_OLD}"] } }'

describe('apps', () => {
  it('have their secrets as references, newest first, and are never shown', () => {
    const config = load(APP)
    expect(config.apps['boutique']).toEqual({ clientId: 'hub', clientSecret: ['s3cret-new', 's3cret-old'] })
    expect(JSON.stringify(configSummary(config))).not.toContain('s3cret')
  })

  it('take one secret for a list of one', () => {
    expect(
      load('{ boutique: { clientId: hub, clientSecret: "${APP_SECRET}" } }').apps['boutique']?.clientSecret,
    ).toEqual(['s3cret-new'])
  })

  it('give connections what they need not be given', () => {
    const shop =
      'connections: [{ id: s, tenant: acme, connector: boutique, settings: { shop: a }, secrets: {} }]'
    expect(load(APP, shop).connections).toHaveLength(1)
    expect(() => load('{}', shop)).toThrow(/webhookSecret/)
  })

  it.each([
    ['a connector that there is not', '{ botique: { clientId: a, clientSecret: b } }', /boutique/],
    ['no secret', '{ boutique: { clientId: a } }', /clientSecret/],
    ['an empty list', '{ boutique: { clientId: a, clientSecret: [] } }', /clientSecret/],
  ])('refuse %s', (_what, apps, named) => {
    expect(() => load(apps)).toThrow(named)
  })
})
