import { describe, expect, it } from '@jest/globals'
import { readHeader } from '#core/mapping/catalogue/read-header.ts'

const read = (text: string) => readHeader({ path: 'x.yaml', text })

const names = (text: string) => read(text).topics.map(({ name }) => name)

describe('the head of a mapping file', () => {
  it('is found wherever its keys stand, with their places', () => {
    const text = `# for: { tenant: nobody }
version: 1
document:
  topics: a
  connector: b
topics:
# the first
- one

- two
"connector": shop
for:
  tenant: acme
`
    expect(read(text)).toEqual({
      extends: null,
      scope: 'tenant:acme',
      connector: 'shop',
      connectorPlace: { line: 11, column: 14 },
      topics: [
        { name: 'one', place: { line: 8, column: 3 } },
        { name: 'two', place: { line: 10, column: 3 } },
      ],
      outgoing: false,
    })
  })

  it.each([
    ['a list on several lines', 'topics: [a,\n  b]\nversion: 1'],
    ['a file that is one flow map', '{ version: 1, topics: [a, b], document: {} }'],
    ['a file with a document marker', '---\ntopics:\n  - a\n  - b\n'],
  ])('is read from %s', (_name, text) => {
    expect(names(text)).toEqual(['a', 'b'])
  })

  it('tells an overlay and what goes out', () => {
    expect(read('extends: a/b/c\ndocument: {}').extends).toBe('a/b/c')
    expect(read('extends: 5').extends).toBe('')
    expect(read('from: order').outgoing).toBe(true)
  })

  it.each(['', '- a', 'a: b: c', 'topics: 5', 'connector: [a]'])('makes do with %p', text => {
    expect(read(text)).toMatchObject({ extends: null, scope: '*', connector: '', topics: [] })
  })
})
