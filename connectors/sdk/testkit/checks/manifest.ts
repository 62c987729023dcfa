import assert from 'node:assert/strict'
import type { CheckGroup } from '../kit.ts'
import { knownChecks } from '../support/known-checks.ts'
import { assertNone } from '../support/none.ts'
import { assertDescribed, compileSettings } from '../support/settings-schema.ts'

const always = (): true => true

/** A connector that is shipped has to live longer than until the next release. */
const LEAST_DAYS = 90

export const manifest: CheckGroup = {
  name: 'manifest',
  checks: [
    {
      name: 'names its documentation by HTTPS',
      applies: always,
      run({ manifest: { api } }) {
        const right = /^https:\/\/\S+$/.test(api.docs) && !api.docs.includes('//example.')
        assert.ok(
          right,
          `manifest.ts: \`api.docs\` “${api.docs}” is not where the partner documents its API.`,
        )
      },
    },
    {
      name: 'speaks an API version that lives for 90 days more',
      applies: ({ manifest: { api } }) =>
        api.sunset ? true : `Version ${api.version} has no date of its end.`,
      run({ manifest: { api }, tools }) {
        const days = Math.floor((Date.parse(api.sunset!) - tools.now) / 86_400_000)
        assert.ok(
          days >= LEAST_DAYS,
          `manifest.ts: version ${api.version} ends on ${api.sunset}, in ${days} days. Move to a newer version.`,
        )
      },
    },
    {
      name: 'has a settings schema that compiles and is closed',
      applies: always,
      run({ manifest: { settings } }) {
        compileSettings(settings)
        assert.equal(
          settings['additionalProperties'],
          false,
          'manifest.ts: `settings` needs `additionalProperties: false`, else a typo in a setting is silent.',
        )
      },
    },
    {
      name: 'gives every setting a title and a description',
      applies: always,
      run: ({ manifest: { settings } }) => assertDescribed(settings),
    },
    {
      name: 'fits the connection of its own conformance',
      applies: always,
      async run(kit) {
        const { connection } = await kit.open()
        const { settings, secrets } = kit.manifest
        const complaints = compileSettings(settings)(connection.settings)
        assertNone(
          complaints,
          `conformance.ts: \`connection\` has settings that do not fit: ${complaints.join('; ')}`,
        )
        const tokens = kit.manifest.auth ? ['accessToken', 'refreshToken', 'clientId', 'clientSecret'] : []
        const unknown = Object.keys(connection.secrets).filter(
          name => !(name in secrets) && !tokens.includes(name),
        )
        assertNone(
          unknown,
          `manifest.ts does not declare the secrets ${unknown.join(', ')} of conformance.ts.`,
        )
        for (const [name, secret] of Object.entries(secrets))
          assert.ok(
            !secret.required || connection.secrets[name]?.length,
            `conformance.ts: the secret ${name} is required.`,
          )
      },
    },
    {
      name: 'says what every secret is for',
      applies: always,
      run({ manifest: { secrets } }) {
        for (const [name, { description }] of Object.entries(secrets))
          assert.ok(description.trim().length >= 10, `manifest.ts: the secret ${name} needs a description.`)
      },
    },
    {
      name: 'has the functions that it declares',
      applies: ({ manifest: { ofConnection } }) =>
        ofConnection ? 'What it does is a matter of each connection’s settings.' : true,
      run({ connector, manifest: { topics, polls = {}, pushes = {}, subscriptions } }) {
        const has = (map: object) => Object.keys(map).length > 0
        // A queue's and a folder's messages carry topics that no webhook brings.
        const pulled = Boolean(polls.queue ?? polls.file) && !connector.receive
        const pairs: [string, boolean, boolean][] = [
          ['receive', Boolean(connector.receive), !pulled && has(topics)],
          ['poll', Boolean(connector.poll), has(polls)],
          ['push', Boolean(connector.push), has(pushes)],
        ]
        for (const [name, made, declared] of pairs)
          assert.equal(made, declared, `connector.ts and manifest.ts disagree about \`${name}\`.`)
        assert.ok(connector.probe, 'connector.ts has no `probe`: nobody can tell whether credentials work.')
        assert.ok(
          !subscriptions || connector.subscribe,
          'manifest.ts has `subscriptions`, connector.ts no `subscribe`.',
        )
      },
    },
    {
      name: 'has mappings that compile',
      applies: always,
      run({ manifest: { id }, tools }) {
        const problems = tools.mappings.problems(id)
        assertNone(problems, `Mappings of ${id} do not compile: ${problems.join('; ')}`)
      },
    },
    {
      name: 'has a mapping for every topic and every poll',
      applies: ({ manifest: { topics, polls } }) =>
        Object.keys({ ...topics, ...polls }).length > 0 || 'Nothing comes from this partner.',
      run({ manifest: { id, topics, polls = {} }, tools }) {
        const polled = Object.values(polls).flatMap(({ topic }) => topic ?? [])
        const missing = [...Object.keys(topics), ...polled].filter(
          topic => !tools.mappings.planFor(id, topic),
        )
        assertNone(missing, `No mapping under mappings/ takes the topics ${missing.join(', ')}.`)
        for (const [topic, resource] of Object.entries(topics))
          assert.equal(
            tools.mappings.planFor(id, topic)?.target,
            resource,
            `manifest.ts says that ${topic} becomes a ${resource}; its mapping makes something else.`,
          )
      },
    },
    {
      name: 'has cases beside every mapping, and they pass',
      applies: ({ manifest: { topics, polls } }) =>
        Object.keys({ ...topics, ...polls }).length > 0 || 'Nothing comes from this partner.',
      run({ manifest: { id, topics, polls = {} }, tools }) {
        const names = [...Object.keys(topics), ...Object.values(polls).flatMap(({ topic }) => topic ?? [])]
        const plans = new Set(names.flatMap(topic => tools.mappings.planFor(id, topic) ?? []))
        for (const plan of plans) {
          const cases = tools.mappings.cases(plan)
          assert.ok(cases && cases.count > 0, `mappings/${plan.id}.test.yaml is missing or empty.`)
          assertNone(cases.failed, `Cases of mappings/${plan.id} fail: ${cases.failed.join('; ')}`)
        }
      },
    },
    {
      name: 'skips only checks that exist',
      applies: ({ conformance }) => (conformance.skips ? true : 'Nothing is skipped.'),
      run({ conformance: { skips = {} } }) {
        const unknown = Object.keys(skips).filter(name => !knownChecks().has(name))
        assertNone(unknown, `conformance.ts skips checks that do not exist: ${unknown.join('; ')}`)
      },
    },
  ],
}
