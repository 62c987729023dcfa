import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { generateTypes } from '../../../scripts/generate-types.ts'

const ROOT = new URL('../../../', import.meta.url)

describe('generated types', () => {
  it('are what the canonical schemas say now', async () => {
    const files = await generateTypes()
    expect(Object.keys(files)).toEqual(['core/documents/types.gen.ts', 'core/documents/pii.gen.ts'])
    for (const [path, text] of Object.entries(files))
      expect(readFileSync(new URL(path, ROOT), 'utf8')).toBe(text)
  })
})
