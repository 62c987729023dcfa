import { describe, expect, it } from '@jest/globals'
import { documentLines } from '#workers/web/dashboard/src/mappings/document-lines.ts'

const DOCUMENT = {
  number: '#1001',
  lines: [{ sku: 'A', 'odd/key': null }],
  tags: [],
  totals: { tax: '1.00' },
}

describe('the lines of a document', () => {
  it('say the document again', () => {
    const text = documentLines(DOCUMENT).map(line => line.text)
    expect(JSON.parse(text.join('\n'))).toEqual(DOCUMENT)
  })

  it('know the leaf that they show', () =>
    expect(documentLines(DOCUMENT).flatMap(({ pointer }) => pointer ?? [])).toEqual([
      '/number',
      '/lines/0/sku',
      '/lines/0/odd~1key',
      '/tags',
      '/totals/tax',
    ]))
})
