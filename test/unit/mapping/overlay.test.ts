import { describe, expect, it } from '@jest/globals'
import type { MappingFile, Problem } from '#core/contracts/mapper.ts'
import { mappingText, smallMapper } from './small-mapper.ts'

const BASE: MappingFile = {
  path: 'kind/shop/order.map.yaml',
  text: mappingText(
    `status: $table("states", state)
placedAt: $first
total: $sum
billing: { $with: address, name: name, city: city }
tags: { $each: tags, $value: $trim($) }`,
    `number: id
let: { first: at, sum: price }
tables: { states: { o: open, c: closed, "*": open } }`,
  ),
}

const RECORD = {
  id: 7,
  at: 'then',
  price: '12',
  state: 'x',
  tags: [' a ', 'b'],
  address: { name: 'Ann', city: 'Bern' },
  owner: { name: 'Bo', town: 'Ulm' },
  lines: [
    { sku: 's', price: '1', n: 2 },
    { sku: 't', price: '2', n: 0 },
  ],
}

const overlay = (text: string, path = 'acme.overlay.yaml'): MappingFile => ({
  path,
  text: `extends: kind/shop/order\nversion: 2\n${text}`,
})

/** What the base makes of the record under overlays. */
function made(...overlays: MappingFile[]) {
  const mapper = smallMapper()
  const { plan, problems } = mapper.compile(BASE, overlays)
  if (!plan) throw new Error(JSON.stringify(problems, null, 1))
  const result = mapper.run(plan, RECORD)
  if (!result.ok) throw new Error(JSON.stringify(result))
  return { plan, ...result.output }
}

/** Code, file and the text at the place of each error, so that a wrong column is seen at once. */
function wrong(file: MappingFile, ...more: MappingFile[]): string[] {
  const texts = new Map([BASE, file, ...more].map(({ path, text }) => [path, text]))
  const at = ({ file: path, line, column }: Problem) =>
    texts
      .get(path)!
      .split('\n')
      [line - 1]!.slice(column - 1)
      .slice(0, 14)
  const { plan, problems } = smallMapper().compile(BASE, [file, ...more])
  const errors = problems.filter(({ severity }) => severity === 'error')
  expect(plan === null).toBe(errors.length > 0)
  return errors.map(problem => `${problem.code} ${problem.file} ${at(problem)}`)
}

describe('an overlay', () => {
  it('leaves what it does not name', () => {
    const { body, number } = made(overlay('document: { paid: true }'))
    expect({ body, number }).toEqual({
      number: '7',
      body: {
        number: '1',
        status: 'open',
        placedAt: 'then',
        total: '12',
        billing: { name: 'Ann', city: 'Bern' },
        tags: ['a', 'b'],
        paid: true,
        lines: [
          { sku: 's', price: '1' },
          { sku: 't', price: '2' },
        ],
      },
    })
  })

  it.each([
    ['replaces a leaf', 'document: { placedAt: \'"now"\' }', { placedAt: 'now' }],
    [
      'replaces an expression by a literal',
      'document: { placedAt: \'"x"\', count: 3 }',
      { placedAt: 'x', count: 3 },
    ],
    ['takes a leaf away', 'document: { placedAt: null }', { placedAt: undefined }],
    ['merges into an object', 'document: { billing: { name: null } }', { billing: { city: 'Bern' } }],
    [
      'changes the context of an object',
      'document: { billing: { $with: owner, city: town } }',
      { billing: { name: 'Bo', city: 'Ulm' } },
    ],
    [
      'takes a directive away',
      'document: { billing: { $with: null, city: address.city, name: state } }',
      { billing: { name: 'x', city: 'Bern' } },
    ],
    [
      'merges into the items of an array',
      'document: { lines: { quantity: n } }',
      {
        lines: [
          { sku: 's', price: '1', quantity: 2 },
          { sku: 't', price: '2', quantity: 0 },
        ],
      },
    ],
    ['filters an array', 'document: { lines: { $when: n > 0 } }', { lines: [{ sku: 's', price: '1' }] }],
    ['replaces what an array is made from', 'document: { tags: { $each: lines.sku } }', { tags: ['s', 't'] }],
    [
      'puts an expression where an object was',
      'document: { billing: address.{"city": city} }'.replace('address.', "'address.").replace('} }', "}' }"),
      { billing: { city: 'Bern' } },
    ],
    ['replaces a variable in its place', 'let: { first: \'"early"\' }', { placedAt: 'early' }],
    [
      'adds a variable after the others',
      'let: { both: $first & $sum }\ndocument: { placedAt: $both }',
      { placedAt: 'then12' },
    ],
    ['changes an entry of a table', 'tables: { states: { "*": closed } }', { status: 'closed' }],
    ['adds an entry to a table', 'tables: { states: { x: closed } }', { status: 'closed' }],
    [
      'adds a table',
      'tables: { more: { x: closed } }\ndocument: { status: \'$table("more", state)\' }',
      { status: 'closed' },
    ],
  ])('%s', (_name, text, expected) => {
    const { body } = made(overlay(text))
    const named = Object.keys(expected).map(key => [key, body[key]])
    expect(Object.fromEntries(named)).toEqual(expected)
  })

  it('replaces what stands beside the document', () => {
    const text =
      'identity: at\nnumber: null\nrevision: $number(price)\ndependsOn: [{ resource: product, externalId: state }]'
    const { externalId, number, revision, dependsOn } = made(overlay(text))
    expect({ externalId, number, revision, dependsOn }).toEqual({
      externalId: 'then',
      number: undefined,
      revision: 12,
      dependsOn: [{ resource: 'product', externalId: 'x' }],
    })
  })

  it('takes an entry of a table away, which then misses', () => {
    const mapper = smallMapper()
    const { plan } = mapper.compile(BASE, [overlay('tables: { states: { "*": null } }')])
    expect(mapper.run(plan!, RECORD)).toMatchObject({ problems: [{ code: 'MAPPING_TABLE_MISS' }] })
  })

  it('is laid over those before it, and the plan names them in their order', () => {
    const { body, plan } = made(overlay('document: { placedAt: \'"a"\', paid: true }', 'a.overlay.yaml'), {
      ...overlay('document: { placedAt: \'"b"\', paid: null }'),
      published: 'tenant:acme#3',
    })
    expect(body).toMatchObject({ placedAt: 'b' })
    expect(body).not.toHaveProperty('paid')
    expect(plan).toMatchObject({
      id: 'kind/shop/order',
      version: 1,
      overlays: ['a.overlay.yaml@2', 'tenant:acme#3'],
    })
  })

  it('names a mapping that was published itself', () => {
    const { plan } = smallMapper().compile({ ...BASE, published: '*#4' }, [overlay('let: {}')])
    expect(plan).toMatchObject({ id: 'kind/shop/order', overlays: ['*#4', 'acme.overlay.yaml@2'] })
  })
})

describe('what is wrong with an overlay', () => {
  it.each([
    ['an unknown key', 'documnt: {}', ['KEY_UNKNOWN acme.overlay.yaml documnt: {}']],
    ['a key that only a mapping has', 'topics: [a]', ['KEY_UNKNOWN acme.overlay.yaml topics: [a]']],
    [
      'a leaf to take away that is not there',
      'document: { plcedAt: null }',
      ['OVERLAY_MISFIT acme.overlay.yaml plcedAt: null '],
    ],
    [
      'an entry to take away that is not there',
      'tables: { states: { opn: null } }',
      ['OVERLAY_MISFIT acme.overlay.yaml opn: null } }'],
    ],
    ['a wrong leaf', 'document: { totl: x }', ['TARGET_UNKNOWN acme.overlay.yaml totl: x }']],
    ['a wrong type', 'document: { paid: 5 }', ['TYPE_WRONG acme.overlay.yaml 5 }']],
    [
      'a wrong function inside of a merged item',
      'document: { lines: { quantity: 1 + $sumn(n) } }',
      ['FUNCTION_UNKNOWN acme.overlay.yaml $sumn(n) } }'],
    ],
    [
      'an expression with a mistake',
      'document: { placedAt: "a[1" }',
      ['EXPRESSION_SYNTAX acme.overlay.yaml " }'],
    ],
    [
      'a required leaf taken away',
      'document: { lines: { sku: null } }',
      ['TARGET_UNFILLED acme.overlay.yaml sku: null } }'],
    ],
    ['the identity taken away', 'identity: null', ['KEY_MISSING acme.overlay.yaml identity: null']],
    [
      'a variable taken away that the mapping reads',
      'let: { first: null }',
      ['VARIABLE_UNKNOWN kind/shop/order.map.yaml $first'],
    ],
    ['an empty document', 'document:', ['VALUE_WRONG acme.overlay.yaml document:']],
    ['an alias', 'document: { paid: &p true, count: *p }', ['VALUE_WRONG acme.overlay.yaml *p }']],
    ['a scope that is none', 'for: { tenat: acme }', ['KEY_UNKNOWN acme.overlay.yaml tenat: acme }']],
    ['two scopes', 'for: { tenant: acme, connection: c }', ['VALUE_WRONG acme.overlay.yaml connection: c ']],
    ['a scope without an id', 'for: { tenant: [acme] }', ['VALUE_WRONG acme.overlay.yaml [acme] }']],
  ])('is placed in its own file: %s', (_name, text, expected) => {
    expect(wrong(overlay(text))).toEqual(expected)
  })

  it.each([
    [
      'another mapping',
      'extends: kind/shop/product\nversion: 1',
      ['VALUE_WRONG acme.overlay.yaml kind/shop/prod'],
    ],
    ['no mapping', 'version: 1', ['KEY_MISSING acme.overlay.yaml version: 1']],
    ['no version', 'extends: kind/shop/order', ['KEY_MISSING acme.overlay.yaml extends: kind/']],
    ['a wrong version', 'extends: kind/shop/order\nversion: two', ['VALUE_WRONG acme.overlay.yaml two']],
    ['no map', '- a', ['VALUE_WRONG acme.overlay.yaml - a']],
    ['no YAML', 'a: b: c', ['YAML_SYNTAX acme.overlay.yaml b: c']],
  ])('is told where it names %s', (_name, text, expected) => {
    expect(wrong({ path: 'acme.overlay.yaml', text })[0]).toBe(expected[0])
  })

  it('says everything of all files at once, the mapping first', () => {
    const first = overlay('document: { totl: x, paid: 5 }', 'a.overlay.yaml')
    const second = overlay('let: { first: null }\ndocument: { nte: null }', 'b.overlay.yaml')
    expect(wrong(first, second)).toEqual([
      'VARIABLE_UNKNOWN kind/shop/order.map.yaml $first',
      'TARGET_UNKNOWN a.overlay.yaml totl: x, paid:',
      'TYPE_WRONG a.overlay.yaml 5 }',
      'OVERLAY_MISFIT b.overlay.yaml nte: null }',
    ])
  })

  it('hints at what was meant', () => {
    const { problems } = smallMapper().compile(BASE, [overlay('document: { plcedAt: null }')])
    expect(problems.map(({ hint }) => hint)).toContain('Did you mean `placedAt`?')
  })

  it('names what was published by its number', () => {
    const published = {
      ...overlay('document: { totl: x }', 'kind/shop/order.overlay.yaml'),
      published: 'tenant:acme#3',
    }
    const { problems } = smallMapper().compile(BASE, [published])
    expect(problems.find(({ severity }) => severity === 'error')!.file).toBe(
      'kind/shop/order.overlay.yaml (tenant:acme#3)',
    )
  })
})

describe('the origin of what an overlay makes', () => {
  const file = overlay('document:\n  billing:\n    city: nowhere')

  it('is named by lineage', () => {
    const mapper = smallMapper()
    const { plan } = mapper.compile(BASE, [file])
    const leaves = mapper.describe(plan!).filter(({ pointer }) => pointer.startsWith('/billing/'))
    expect(leaves).toMatchObject([
      { pointer: '/billing/name' },
      { pointer: '/billing/city', file: 'acme.overlay.yaml', line: 5, column: 11 },
    ])
    expect(leaves[0]).not.toHaveProperty('file')
  })

  it('is named by the problems of a record', () => {
    const mapper = smallMapper()
    const { plan } = mapper.compile(BASE, [file])
    const result = mapper.run(plan!, { ...RECORD, lines: [{}] })
    expect(result).toMatchObject({
      problems: [
        { target: '/lines/0/sku' },
        { target: '/lines/0/price' },
        { target: '/billing/city', file: 'acme.overlay.yaml', line: 5, column: 11 },
      ],
    })
    expect(JSON.stringify(result).match(/"file"/g)).toHaveLength(1)
  })
})
