import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { CONFIG_SCHEMA } from '#config/config-schema.ts'
import { VARIABLES } from '#config/environment.ts'
import { configReference } from '#config/reference.ts'
import { load } from './loading.ts'

describe('the reference of settings', () => {
  it('is the file beside the schema: run `npm run generate` after a change', () => {
    expect(readFileSync('config/REFERENCE.md', 'utf8')).toBe(configReference())
  })

  it('has the environment of the design', () => {
    expect([...VARIABLES.values()].sort()).toEqual([
      'HUB_DATA_DIR',
      'HUB_KEK',
      'HUB_LOG_LEVEL',
      'HUB_OPS_PORT',
      'HUB_PORT',
      'HUB_PUBLIC_URL',
      'HUB_QUEUE_URL',
      'HUB_ROLES',
      'HUB_STORE_URL',
    ])
  })

  it('describes exactly what the loader gives', () => {
    expect(Object.keys(CONFIG_SCHEMA.properties ?? {}).sort()).toEqual(Object.keys(load(null)).sort())
  })
})
