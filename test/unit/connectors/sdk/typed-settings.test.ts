import { expect, it } from '@jest/globals'
import { type JsonSchema, type SettingsOf, settingsOf } from '#connectors/sdk/index.ts'

const schema = {
  type: 'object',
  required: ['shop'],
  properties: {
    shop: { type: 'string' },
    pollSeconds: { type: 'integer', default: 300 },
    mode: { enum: ['live', 'test'] },
    tags: { type: 'array', items: { type: 'string' } },
  },
} as const satisfies JsonSchema

it('fills in defaults and is typed by the schema', () => {
  const settings: SettingsOf<typeof schema> = settingsOf(schema, { settings: { shop: 'acme', mode: 'test' } })
  const seconds: number = settings.pollSeconds
  const mode: 'live' | 'test' | undefined = settings.mode
  // @ts-expect-error what is neither required nor has a default may be missing
  const tags: readonly string[] = settings.tags
  expect({ ...settings, seconds, mode, tags }).toEqual({
    shop: 'acme',
    mode: 'test',
    pollSeconds: 300,
    seconds: 300,
    tags: undefined,
  })
})
