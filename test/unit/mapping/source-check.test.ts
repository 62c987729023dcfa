import { describe, expect, it } from '@jest/globals'
import type { JsonSchema } from '#core/contracts/connector.ts'
import { createMapper } from '#core/mapping/mapper.ts'

const source: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: ['string', 'null'] },
    paid: { type: 'boolean' },
    status: { type: ['string', 'null'], enum: ['open', 'closed', null] },
    buyer: {
      type: ['object', 'null'],
      properties: {
        first: { type: 'string' },
        last: { type: 'string' },
        address: { $ref: '#/$defs/address' },
      },
    },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          sku: { type: 'string' },
          price: { type: 'string' },
          taxes: { type: 'array', items: { type: 'object', properties: { rate: { type: 'number' } } } },
        },
      },
    },
    labels: {
      type: 'object',
      additionalProperties: { type: 'object', properties: { text: { type: 'string' } } },
    },
    free: { type: 'object', additionalProperties: true },
    never: { type: 'null' },
  },
  $defs: { address: { type: 'object', properties: { city: { type: 'string' } } } },
}

const target: JsonSchema = {
  type: 'object',
  required: ['key'],
  properties: {
    key: { type: 'string' },
    text: { type: 'string' },
    truth: { type: 'boolean' },
    count: { type: 'integer' },
    list: { type: 'array', items: { type: 'string' } },
    status: { type: 'string', enum: ['o', 'c', 'x'] },
    rows: {
      type: 'array',
      items: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } },
    },
    part: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } },
  },
}

const settings: JsonSchema = { type: 'object', properties: { skipTests: { type: 'boolean' } } }

const mapper = createMapper({
  schemas: { order: target },
  sources: { 'kind/shop/order': source },
  settings: { shop: settings },
})

/** What is said about a mapping: code and the text at its place. */
function seen(document: string, more = ''): string[] {
  const head = 'version: 1\nconnector: shop\ntopics: [order]\nsource: order\ntarget: order\nidentity: id\n'
  const text = `${head}${more && `${more}\n`}document:\n  key: id\n  ${document}`
  const { problems } = mapper.compile({ path: 'kind/shop/order.map.yaml', text })
  return problems.map(({ code, line, column, hint }) => {
    const at = text.split('\n')[line - 1]!.slice(column - 1)
    return `${code} ${/^[\w"$]+/.exec(at)?.[0]}${hint ? ` ${/`(.*)`/.exec(hint)?.[1]}` : ''}`
  })
}

describe('a field that the source cannot have', () => {
  it.each([
    ['in a chain', 'text: buyer.addres.city', 'SOURCE_UNKNOWN addres address'],
    ['at the end of a chain', 'text: buyer.address.cty', 'SOURCE_UNKNOWN cty city'],
    ['in an argument', 'text: $trim(buyer.frst)', 'SOURCE_UNKNOWN frst first'],
    ['behind a list', 'list: lines.skku', 'SOURCE_UNKNOWN skku sku'],
    ['behind lists in lists', 'list: lines.taxes.rte', 'SOURCE_UNKNOWN rte rate'],
    ['in a filter', `list: 'lines[skuu = "a"].price'`, 'SOURCE_UNKNOWN skuu sku'],
    ['behind a filter', 'list: lines[0].prce', 'SOURCE_UNKNOWN prce price'],
    ['in the order of a list', 'list: lines^(>prce).sku', 'SOURCE_UNKNOWN prce price'],
    ['in brackets', 'text: buyer.(frst ? last)', 'SOURCE_UNKNOWN frst first'],
    ['from the top', 'rows: { $each: lines, a: $$.nme }', 'SOURCE_UNKNOWN nme name'],
    ['of the item', 'rows: { $each: lines, a: $.skuu }', 'SOURCE_UNKNOWN skuu sku'],
    ['in $each', 'rows: { $each: lnes, a: sku }', 'SOURCE_UNKNOWN lnes lines'],
    ['in $when', 'rows: { $each: lines, $when: skuu, a: sku }', 'SOURCE_UNKNOWN skuu sku'],
    ['below $with', 'part: { $with: buyer, a: frst }', 'SOURCE_UNKNOWN frst first'],
    ['in a quoted name', 'text: buyer.`frst`', 'SOURCE_UNKNOWN undefined first'],
    ['of an object made', `text: '{ "one": name }.on'`, 'SOURCE_UNKNOWN on one'],
    ['of items made', `rows: { $each: '[{ "one": name }]', a: oen }`, 'SOURCE_UNKNOWN oen one'],
    ['of either branch', `text: '(paid ? buyer : buyer.address).cty'`, 'SOURCE_UNKNOWN cty city'],
    ['of a variable inside', `text: '($b := buyer; $b.frst)'`, 'SOURCE_UNKNOWN frst first'],
    ['of an item of $map', 'list: "$map(lines, function($l) { $l.skuu })"', 'SOURCE_UNKNOWN skuu sku'],
    [
      'of an item of $filter',
      'list: "$filter(lines, function($l) { $l.skuu }).sku"',
      'SOURCE_UNKNOWN skuu sku',
    ],
    ['of the context, in a function', 'list: "$map(lines, function($l) { nme })"', 'SOURCE_UNKNOWN nme name'],
    ['piped', 'text: lines ~> $map(function($l) { $l.skuu }) ~> $join', 'SOURCE_UNKNOWN skuu sku'],
    ['of lists put together', 'list: $append(lines, lines).skuu', 'SOURCE_UNKNOWN skuu sku'],
    ['under a free key', 'text: labels.any.txt', 'SOURCE_UNKNOWN txt text'],
    ['of a text', 'text: name.length', 'SOURCE_UNKNOWN length'],
    ['of the settings', 'truth: $settings.skipTest', 'SOURCE_UNKNOWN skipTest skipTests'],
    ['of the connection', 'text: $connection.tenat', 'SOURCE_UNKNOWN tenat tenant'],
  ])('is placed at its name: %s', (_name, document, expected) => {
    expect(seen(document)).toEqual([expected])
  })

  it('is found behind a variable of the mapping', () => {
    expect(seen('text: $b.frst', 'let: { b: buyer }')).toEqual(['SOURCE_UNKNOWN frst first'])
    expect(seen('text: $b.first', 'let: { b: buyr }')).toEqual(['SOURCE_UNKNOWN buyr buyer'])
  })

  it.each([
    ['a free object', 'text: free.anything.at.all'],
    ['a free key', 'text: labels.any.text'],
    ['one of two branches', `text: '(paid ? buyer : buyer.address).city'`],
    ['a wildcard', 'list: buyer.*.city'],
    ['any depth', 'list: "**.city"'],
    ['headers', `text: $headers.anything`],
    ['what a function makes', 'text: $merge([buyer, buyer.address]).city'],
    ['a group', 'text: "$keys(lines{sku: price})"'],
    ['a setting', 'truth: $settings.skipTests'],
  ])('is not seen in %s', (_name, document) => {
    expect(seen(document)).toEqual([])
  })

  it('is said once where an expression stands for two', () => {
    expect(seen(`text: 'nme ?: "a"'`)).toEqual(['SOURCE_UNKNOWN nme name'])
  })

  it('is no matter without a source schema, or where none is loaded', () => {
    const text =
      'version: 1\nconnector: shop\ntopics: [a]\nsource: order\ntarget: order\nidentity: id\ndocument: { key: xyz }'
    const bare = createMapper({ schemas: { order: target } })
    expect(bare.compile({ path: 'kind/shop/order.map.yaml', text }).problems).toEqual([])
    expect(
      mapper.compile({ path: 'kind/shop/order.map.yaml', text: text.replace('source: order\n', '') })
        .problems,
    ).toEqual([])
  })

  it('names the schema that is not there', () => {
    const text =
      'version: 1\nconnector: shop\ntopics: [a]\nsource: ordr\ntarget: order\nidentity: id\ndocument: { key: id }'
    const { problems } = mapper.compile({ path: 'kind/shop/order.map.yaml', text })
    expect(problems).toEqual([expect.objectContaining({ code: 'SCHEMA_UNKNOWN', line: 4, column: 9 })])
    expect(problems[0]!.hint).toContain('`order`')
  })
})

describe('a type that cannot fit', () => {
  it.each([
    ['an object for a text', 'text: buyer', ['TYPE_WRONG buyer']],
    ['a list for a text', 'text: lines', ['TYPE_WRONG lines']],
    ['a text for a truth', 'truth: name', ['TYPE_WRONG name']],
    ['a truth for a text', 'text: paid', ['TYPE_WRONG paid']],
    ['objects for values', 'rows: { $each: lines, a: taxes }', ['TYPE_WRONG taxes']],
    ['a variable', 'text: $b', ['TYPE_WRONG $b']],
    ['one branch', `text: 'paid ? name : buyer'`, ['TYPE_WRONG buyer']],
    ['an object for a function of single values', 'text: $text(buyer)', ['TYPE_WRONG buyer']],
    ['a list for a function of single values', 'text: $id(lines)', ['TYPE_WRONG lines']],
    [
      'a list for a function of the same name',
      'text: "($id := function($x) { $string($x) }; $id(lines))"',
      [],
    ],
    ['a number for a text', 'text: id', []],
    ['one of a list for a text', 'text: lines[0].sku', []],
    ['what may be several for a text', 'text: lines.sku', []],
    ['one value for a list', 'list: name', []],
    ['what is not known', 'text: free.x', []],
  ])('is placed at its expression: %s', (_name, document, expected) => {
    const more = document.includes('$b') ? 'let: { b: buyer }' : ''
    expect(seen(document, more)).toEqual(expected)
  })

  it('is a required leaf that never gets anything', () => {
    expect(seen('text: name').length).toBe(0)
    const text =
      'version: 1\nconnector: shop\ntopics: [a]\nsource: order\ntarget: order\nidentity: id\ndocument: { key: "null" }'
    expect(mapper.compile({ path: 'kind/shop/order.map.yaml', text }).problems).toEqual([
      expect.objectContaining({ code: 'TARGET_UNFILLED', line: 7, column: 19 }),
    ])
  })
})

describe('what is warned of', () => {
  it.each([
    ['a table that nobody asks', 'text: name', 'tables: { t: { a: b } }', ['TABLE_UNUSED t']],
    [
      'a variable that nobody reads',
      'text: name',
      'let: { a: name, b: name }',
      ['VARIABLE_UNUSED a', 'VARIABLE_UNUSED b'],
    ],
    [
      'a function that is called, and one that is not',
      'text: $a(name)',
      "let: { a: 'function($x) { $x }', b: 'function($x) { $x }' }",
      ['VARIABLE_UNUSED b'],
    ],
    [
      'a value without an entry',
      'status: $table("t", status)',
      'tables: { t: { open: o } }',
      ['ENUM_UNMAPPED t'],
    ],
    [
      'a key that never comes',
      'status: $table("t", status)',
      'tables: { t: { opn: o, "*": x } }',
      ['ENUM_UNKNOWN opn open'],
    ],
    [
      'a value of either branch',
      `status: '$table("t", paid ? status : "late")'`,
      'tables: { t: { open: o, closed: c } }',
      ['ENUM_UNMAPPED t'],
    ],
    [
      'nothing, with every value answered',
      'status: $table("t", status)',
      'tables: { t: { open: o, closed: c } }',
      [],
    ],
    ['nothing, with a default', 'status: $table("t", status)', 'tables: { t: { open: o, "*": x } }', []],
    [
      'nothing, where values are computed',
      'status: $table("t", $lowercase(status))',
      'tables: { t: { any: o } }',
      [],
    ],
  ])('is %s', (_name, document, more, expected) => {
    expect(seen(document, more)).toEqual(expected)
  })

  it('is nothing while there are errors, whose consequence it may be', () => {
    expect(seen('status: $table("tt", status)', 'tables: { t: { open: o } }')).toEqual([
      'TABLE_UNKNOWN "tt" t',
    ])
  })
})
