import { describe, expect, it } from '@jest/globals'
import { linesOfPointers } from '#workers/web/dashboard/src/editor/json-lines.ts'

const TEXT = `{
  "name": "#1001",
  "line_items": [
    { "sku": "A", "tags": [] },
    {
      "sku": "B",
      "odd/key~": 1
    }
  ]
}`

describe('the lines of JSON pointers', () => {
  it.each([
    ['/name', [2]],
    ['/line_items', [3]],
    ['/line_items/0/sku', [4]],
    ['/line_items/1', [5]],
    ['/line_items/1/sku', [6]],
    ['/line_items/1/odd~1key~0', [7]],
    ['', [1]],
  ])('finds %s', (pointer, lines) => expect(linesOfPointers(TEXT, [pointer])).toEqual(lines))

  it.each(['/gone', '/line_items/2', '/line_items/sku', '/name/0', '/line_items/0/tags/0'])(
    'leaves out %s, which leads nowhere',
    pointer => expect(linesOfPointers(TEXT, [pointer])).toEqual([]),
  )

  it.each(['{\n "a": 1,\n "b', '{\n "a": 1,\n b: 2', '{\n "a": 1,\n "\\u": 2'])(
    'finds what it can in a text that is being typed: %j',
    text => expect(linesOfPointers(text, ['/a', '/c'])).toEqual([2]),
  )
})
