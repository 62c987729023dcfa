import { describe, expect, it } from '@jest/globals'
import {
  ACME,
  ACME_2,
  CASES,
  catalogueWorld,
  file,
  GLOBEX,
  ORDER,
  overlay,
  overlaySaying,
  saying,
} from './catalogue-world.ts'

const shipped = file(`${ORDER}.map.yaml`, saying('shipped'), CASES)

describe('which mapping holds for whom', () => {
  it('is the shipped one, as long as nothing is laid over it', () => {
    const { said, catalogue } = catalogueWorld()
    expect([said(ACME), said(GLOBEX), said(ACME, 'product')]).toEqual(['shipped', 'shipped', 'ignored'])
    expect(catalogue.planFor({ ...ACME, connector: 'other' }, 'order')).toBeUndefined()
    expect(catalogue.plans().map(({ id, overlays }) => ({ id, overlays }))).toEqual([
      { id: ORDER, overlays: [] },
    ])
  })

  it('is what is declared for everybody, for the tenant, for the connection, the narrowest last', () => {
    const { said, catalogue } = catalogueWorld([
      shipped,
      file('c.overlay.yaml', overlaySaying('connection', 'connection: acme-shop')),
      file('t.overlay.yaml', overlaySaying('tenant', 'tenant: acme')),
      file('a.overlay.yaml', overlaySaying('all')),
    ])
    expect([said(ACME), said(ACME_2), said(GLOBEX)]).toEqual(['connection', 'tenant', 'all'])
    expect(catalogue.planFor(ACME, 'order')!.overlays).toEqual([
      'a.overlay.yaml@1',
      't.overlay.yaml@1',
      'c.overlay.yaml@1',
    ])
    expect(catalogue.plans()[0]!.overlays).toEqual(['a.overlay.yaml@1'])
  })

  it('is what was published, above the files of the same scope', async () => {
    const { said, stored, catalogue } = catalogueWorld([
      shipped,
      file('t.overlay.yaml', overlaySaying('file', 'tenant: acme')),
    ])
    expect(said(ACME)).toBe('file')
    await stored('tenant:acme', overlaySaying('published', 'tenant: acme'))
    await stored('*', overlaySaying('all'))
    expect([said(ACME), said(GLOBEX)]).toEqual(['published', 'all'])
    expect(catalogue.planFor(ACME, 'order')!.overlays).toEqual(['*#1', 't.overlay.yaml@1', 'tenant:acme#1'])
  })

  it('begins again with a layer that extends nothing', async () => {
    const { said, stored, catalogue } = catalogueWorld([
      shipped,
      file('a.overlay.yaml', overlaySaying('all')),
    ])
    await stored('*', saying('anew').replace('version: 1', 'version: 9'))
    await stored('tenant:globex', saying('own', 'for: { tenant: globex }'))
    expect([said(ACME), said(GLOBEX)]).toEqual(['anew', 'own'])
    expect(catalogue.planFor(ACME, 'order')).toMatchObject({ id: ORDER, version: 9, overlays: ['*#1'] })
    expect(catalogue.layers(ORDER, GLOBEX)).toMatchObject([
      { scope: 'tenant:globex', published: { number: 1 } },
    ])
  })

  it('is the highest number of a scope; an empty text stands for nothing', async () => {
    const { said, stored, catalogue } = catalogueWorld()
    expect(catalogue.plans()[0]!.overlays).toEqual([])
    await stored('*', overlaySaying('one'))
    await stored('*', overlaySaying('two'))
    expect(said(ACME)).toBe('two')
    expect(catalogue.plans()[0]!.overlays).toEqual(['*#2'])
    await stored('*', '')
    expect(said(ACME)).toBe('shipped')
  })

  it('follows a connection that is made again for another tenant', () => {
    const { said } = catalogueWorld([
      shipped,
      file('t.overlay.yaml', overlaySaying('tenant', 'tenant: acme')),
    ])
    expect([said({ ...ACME, tenant: 'globex' }), said(ACME), said({ ...ACME, connector: 'other' })]).toEqual([
      'shipped',
      'tenant',
      'ignored',
    ])
  })

  it('takes topics that were published into account', async () => {
    const { said, stored } = catalogueWorld()
    await stored('*', saying('both').replace('[order]', '[order, extra]'))
    await stored('tenant:globex', saying('one', 'for: { tenant: globex }').replace('[order]', '[extra]'))
    expect([said(ACME, 'extra'), said(GLOBEX, 'extra'), said(GLOBEX, 'order')]).toEqual([
      'both',
      'one',
      'ignored',
    ])
  })

  it('has outgoing mappings by id, with the layers of the destination', () => {
    const text = 'version: 1\nconnector: shop\nfrom: order\ntopics: [order]\ndocument: { ref: number }\n'
    const { catalogue } = catalogueWorld([
      shipped,
      file('erp/rest/order.map.yaml', text),
      file(
        't.overlay.yaml',
        'extends: erp/rest/order\nversion: 1\nfor: { tenant: acme }\ndocument: { more: number }',
      ),
    ])
    expect(catalogue.outgoing(ACME, 'erp/rest/order')!.overlays).toEqual(['t.overlay.yaml@1'])
    expect(catalogue.outgoing(GLOBEX, 'erp/rest/order')!.overlays).toEqual([])
    expect(catalogue.planFor(ACME, 'order')!.id).toBe(ORDER)
    expect(catalogue.outgoing(ACME, ORDER)).toBeUndefined()
    expect(catalogue.outgoing(ACME, 'erp/rest/none')).toBeUndefined()
  })
})

describe('the catalogue', () => {
  it('compiles once per stack of layers, not per connection', async () => {
    const { said, stored, compiled } = catalogueWorld()
    for (const connection of [ACME, ACME_2, GLOBEX, ACME]) said(connection)
    expect(compiled()).toBe(1)
    await stored('tenant:acme', overlaySaying('acme', 'tenant: acme'))
    for (const connection of [ACME, ACME_2, ACME]) said(connection)
    expect(compiled()).toBe(2)
    await stored('connection:nobody', overlaySaying('nobody', 'connection: nobody'))
    said(GLOBEX)
    expect(compiled()).toBeLessThanOrEqual(4)
  })

  it('keeps what other mappings compiled when one is published', async () => {
    const other = file('kind/shop/other.map.yaml', saying('other').replace('[order]', '[other]'))
    const { said, stored, compiled } = catalogueWorld([shipped, other])
    expect([said(ACME), said(ACME, 'other'), compiled()]).toEqual(['shipped', 'other', 2])
    await stored('*', overlaySaying('new'))
    expect([said(ACME), said(ACME, 'other'), compiled()]).toEqual(['new', 'other', 3])
  })

  it('is asked for heads only after something was published', async () => {
    const world = catalogueWorld()
    let asked = 0
    const { heads } = world.store.mappings
    world.store.mappings.heads = () => {
      asked++
      return heads.call(world.store.mappings)
    }
    await Promise.all([world.catalogue.refresh(), world.catalogue.refresh()])
    expect(asked).toBe(0)
    await world.stored('*', overlaySaying('x'))
    await world.catalogue.refresh()
    expect(asked).toBe(1)
  })

  it('goes on after a refresh that failed', async () => {
    const world = catalogueWorld()
    const { count } = world.store.mappings
    world.store.mappings.count = async () => {
      throw new Error('busy')
    }
    await expect(world.catalogue.refresh()).rejects.toThrow('busy')
    world.store.mappings.count = count
    await world.stored('*', overlaySaying('x'))
    expect(world.said(ACME)).toBe('x')
  })

  it('shows what would hold with a file, and changes nothing', async () => {
    const { catalogue, said, stored } = catalogueWorld()
    await stored('tenant:acme', overlaySaying('acme', 'tenant: acme'))
    const draft = { path: 'mine.yaml', text: overlaySaying('draft', 'tenant: acme') }
    const acme = catalogue.compileWith(ORDER, draft, ACME)
    expect(acme.plan!.overlays).toEqual(['mine.yaml@1'])
    expect(catalogue.compileWith(ORDER, draft).plan!.overlays).toEqual(['mine.yaml@1'])
    expect(catalogue.compileWith(ORDER, draft, GLOBEX).plan!.overlays).toEqual([])
    const whole = { path: 'mine.yaml', text: saying('draft') }
    expect(catalogue.compileWith(ORDER, whole, ACME).plan).toMatchObject({
      id: ORDER,
      overlays: ['tenant:acme#1'],
    })
    expect(said(ACME)).toBe('acme')
  })

  it.each([
    ['an overlay of another mapping', overlaySaying('x').replace(ORDER, 'kind/shop/other'), 'VALUE_WRONG'],
    ['another connector', saying('x').replace('connector: shop', 'connector: shpo'), 'VALUE_WRONG'],
    ['a topic of another mapping', saying('x').replace('[order]', '[order, other]'), 'TOPIC_TAKEN'],
    ['a mistake', overlay('document: { totl: x }'), 'TARGET_UNKNOWN'],
  ])('says what is wrong with a file before it is published: %s', (_name, text, code) => {
    const other = file('kind/shop/other.map.yaml', saying('other').replace('[order]', '[other]'))
    const { catalogue } = catalogueWorld([shipped, other])
    const { plan, problems } = catalogue.compileWith(ORDER, { path: 'x.yaml', text })
    expect(plan).toBeNull()
    expect(problems.map(problem => problem.code)).toContain(code)
  })

  it('says where the topic stands that another mapping has', () => {
    const other = file('kind/shop/other.map.yaml', saying('other').replace('[order]', '[other]'))
    const { catalogue } = catalogueWorld([shipped, other])
    const text = saying('x').replace('[order]', '[order, other]')
    const { problems } = catalogue.compileWith(ORDER, { path: 'x.yaml', text })
    expect(problems.find(({ code }) => code === 'TOPIC_TAKEN')).toMatchObject({ line: 3, column: 17 })
  })
})

describe('what does not compile', () => {
  const broken = overlay('document: { totl: x }', 'tenant: acme')

  it('parks the messages of those concerned, naming the line, and nobody else’s', async () => {
    const { said, stored, broken: told } = catalogueWorld()
    await stored('tenant:acme', broken)
    expect(() => said(ACME)).toThrow(
      expect.objectContaining({
        code: 'MAPPING_BROKEN',
        fingerprint: ORDER,
        detail: expect.stringContaining('kind/shop/order.overlay.yaml (tenant:acme#1):4:13 '),
      }),
    )
    expect(() => said(ACME_2)).toThrow('totl')
    expect(said(GLOBEX)).toBe('shipped')
    expect(told).toHaveLength(1)
  })

  it('holds again once it is taken back', async () => {
    const { said, stored } = catalogueWorld()
    await stored('tenant:acme', broken)
    expect(() => said(ACME)).toThrow('totl')
    await stored('tenant:acme', '')
    expect(said(ACME)).toBe('shipped')
  })

  it('is found in published files after a new release changed the file below', async () => {
    const { stored, newCatalogue, said } = catalogueWorld([
      file(shipped.path, saying('old', 'let: { gone: id }')),
    ])
    await stored('tenant:acme', overlay('document: { placedAt: $gone }', 'tenant: acme'))
    const released = newCatalogue([shipped])
    await released.refresh()
    expect(() => said(ACME, 'order', released)).toThrow('gone')
    expect(said(GLOBEX, 'order', released)).toBe('shipped')
  })

  it('keeps a topic that two mappings have', async () => {
    const other = file('kind/shop/other.map.yaml', saying('other').replace('[order]', '[other]'))
    const { said, stored } = catalogueWorld([shipped, other])
    await stored('*', saying('x').replace('[order]', '[order, other]'))
    expect(() => said(ACME, 'other')).toThrow('is mapped by')
    expect(said(ACME, 'order')).toBe('x')
  })

  it('is told all at once, whoever it is for', () => {
    const { catalogue } = catalogueWorld([
      shipped,
      file('a.overlay.yaml', broken),
      file('b.overlay.yaml', overlay('document: { lins: x }', 'connection: acme-shop')),
      file('c.overlay.yaml', overlaySaying('x').replace(ORDER, 'kind/shop/ordr')),
      file('d.overlay.yaml', 'version: 1'),
      file('kind/shop/second.map.yaml', saying('x')),
    ])
    expect(
      catalogue.check([ACME]).map(({ code, file: path, hint }) => `${code} ${path} ${hint ?? ''}`),
    ).toEqual([
      'MAPPING_UNKNOWN c.overlay.yaml Did you mean `kind/shop/order`?',
      'MAPPING_UNKNOWN d.overlay.yaml ',
      'TOPIC_TAKEN kind/shop/second.map.yaml ',
      'TARGET_UNKNOWN a.overlay.yaml Did you mean `total`?',
      'TARGET_UNKNOWN b.overlay.yaml Did you mean `lines`?',
    ])
  })

  it('is looked for where a layer was laid, though nobody is connected; not in what is only shipped', () => {
    const elsewhere = (text: string) => text.replace('connector: shop', 'connector: other')
    const { catalogue } = catalogueWorld([
      shipped,
      file('kind/other/order.map.yaml', elsewhere(saying('x'))),
      file('e.overlay.yaml', broken.replace(ORDER, 'kind/other/order')),
      file('kind/other/alone.map.yaml', elsewhere(saying('x')).replace('lines', 'lins')),
    ])
    expect(catalogue.check([ACME]).map(({ code, file: path }) => `${code} ${path}`)).toEqual([
      'TARGET_UNKNOWN e.overlay.yaml',
    ])
  })

  it('is nothing where nothing is wrong', () => {
    const { catalogue, broken: told } = catalogueWorld()
    expect(catalogue.check([ACME, GLOBEX])).toEqual([])
    expect(told).toEqual([])
  })
})
