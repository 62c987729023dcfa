import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import type { JsonSchema } from '#core/contracts/connector.ts'

/** The schema as a check: what does not fit, one sentence each. */
export function compileSettings(schema: JsonSchema): (settings: unknown) => string[] {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false })
  // ajv-formats is CommonJS: its types name the function as the default of the default.
  const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default
  addFormats(ajv)
  const validate = compiled(ajv, schema)
  return settings =>
    validate(settings)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

function compiled(ajv: Ajv2020, schema: JsonSchema) {
  try {
    return ajv.compile(schema)
  } catch (thrown) {
    assert.fail(`manifest.ts: the settings schema does not compile: ${(thrown as Error).message}`)
  }
}

/** Forms are made from the schema: a field without words is a riddle. */
export function assertDescribed(schema: JsonSchema, path = 'settings'): void {
  for (const [name, member] of Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)) {
    // One value alone is no field: it tells which of several forms holds.
    if ('const' in member) continue
    const at = `${path}.${name}`
    for (const word of ['title', 'description'])
      assert.ok(String(member[word] ?? '').trim(), `manifest.ts: \`${at}\` has no ${word}.`)
    assertDescribed(member, at)
  }
}
