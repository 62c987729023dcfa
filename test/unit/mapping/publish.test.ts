import { describe, expect, it } from '@jest/globals'
import type { HubError } from '#core/errors/hub-error.ts'
import {
  ACME,
  CASES,
  catalogueWorld,
  ENGINEER,
  file,
  GLOBEX,
  ORDER,
  overlay,
  overlaySaying,
  saying,
} from './catalogue-world.ts'

/** A test file of one case, whose document says so. */
const casesSaying = (word: string, name = 'plain'): string =>
  `cases:\n  - { name: ${name}, input: { id: 1, lines: [] }, include: { placedAt: ${word} } }\n`

const refusal = (act: Promise<unknown>): Promise<HubError> =>
  act.then(
    () => {
      throw new Error('It was taken.')
    },
    (error: HubError) => error,
  )

const failing = async (act: Promise<unknown>): Promise<string[]> => {
  const error = await refusal(act)
  expect(error.code).toBe('MAPPING_CASES_FAILED')
  return error
    .cases!.filter(({ ok }) => !ok)
    .map(({ name, differences }) => `${name}: ${differences.join('; ')}`)
}

describe('publishing a mapping', () => {
  it('takes effect at once, is numbered and audited, and says what made a document', async () => {
    const { publishing, said, acts, catalogue } = catalogueWorld()
    const done = await publishing.publish(
      { mapping: ORDER, text: saying('new'), cases: casesSaying('new'), note: 'Corrected.' },
      ENGINEER,
    )
    expect(done).toEqual({ mapping: ORDER, scope: '*', number: 1 })
    expect(said(ACME)).toBe('new')
    expect(catalogue.planFor(ACME, 'order')!.overlays).toEqual(['*#1'])
    expect(catalogue.layers(ORDER)).toMatchObject([
      { cases: casesSaying('new'), published: { note: 'Corrected.', by: 'key-1' } },
    ])
    expect(acts).toEqual([
      { actor: 'key-1', action: 'mapping.publish', subject: ORDER, detail: { scope: '*', number: 1 } },
    ])
  })

  it('is refused while a case of the one it replaces fails', async () => {
    const { publishing, said, store } = catalogueWorld()
    expect(await failing(publishing.publish({ mapping: ORDER, text: saying('new') }, ENGINEER))).toEqual([
      'plain: /placedAt: expected "shipped", got "new"',
    ])
    expect([said(ACME), await store.mappings.count()]).toEqual(['shipped', 0])
  })

  it('is refused while a case of its own fails', async () => {
    const { publishing } = catalogueWorld()
    const publication = { mapping: ORDER, text: saying('new'), cases: casesSaying('other') }
    expect(await failing(publishing.publish(publication, ENGINEER))).toHaveLength(1)
  })

  it('keeps the cases that held, also those that were published', async () => {
    const { publishing, catalogue } = catalogueWorld()
    await publishing.publish({ mapping: ORDER, text: saying('new'), cases: casesSaying('new') }, ENGINEER)
    const text = saying('new', 'number: id')
    expect(await publishing.publish({ mapping: ORDER, text }, ENGINEER)).toMatchObject({ number: 2 })
    expect(catalogue.layers(ORDER)[0]!.cases).toBe(casesSaying('new'))
    expect(
      await failing(publishing.publish({ mapping: ORDER, text: saying('shipped') }, ENGINEER)),
    ).toHaveLength(1)
  })

  it.each([
    ['no cases at all', '', 'there are none'],
    ['an empty list', 'cases: []', 'no `cases`'],
    ['what is no YAML', 'cases: [', 'cannot be run'],
    [
      'an input that is not there',
      'cases: [{ name: a, file: gone.json, skipped: SOURCE_SKIPPED }]',
      'gone.json',
    ],
  ])('is refused with %s', async (_name, cases, reason) => {
    const { publishing } = catalogueWorld([file(`${ORDER}.map.yaml`, saying('shipped'))])
    const [first] = await failing(
      publishing.publish({ mapping: ORDER, text: saying('new'), cases }, ENGINEER),
    )
    expect(first).toContain(reason)
  })

  it('is refused with every problem and its place', async () => {
    const { publishing } = catalogueWorld()
    const text = overlay('document: { totl: x, paid: 5 }')
    const error = await refusal(publishing.publish({ mapping: ORDER, text }, ENGINEER))
    expect(error.code).toBe('MAPPINGS_BROKEN')
    expect(error.problems!.map(({ code, line }) => `${code} ${line}`)).toEqual([
      'TARGET_UNKNOWN 3',
      'TYPE_WRONG 3',
    ])
    expect(error.detail.split('\n')).toHaveLength(2)
  })

  it('is refused while an overlay above would not compile with it', async () => {
    const { publishing, stored } = catalogueWorld([
      file(`${ORDER}.map.yaml`, saying('shipped', 'let: { a: id }'), CASES),
    ])
    await stored('tenant:globex', overlay('document: { placedAt: $a }', 'tenant: globex'))
    const error = await refusal(publishing.publish({ mapping: ORDER, text: saying('shipped') }, ENGINEER))
    expect(error.problems).toMatchObject([
      { code: 'VARIABLE_UNKNOWN', file: 'kind/shop/order.overlay.yaml (tenant:globex#1)' },
    ])
  })

  it('is not held up by an overlay above that is broken already', async () => {
    const { publishing, stored, said } = catalogueWorld()
    await stored('tenant:globex', overlay('document: { totl: x }', 'tenant: globex'))
    await publishing.publish({ mapping: ORDER, text: saying('new'), cases: casesSaying('new') }, ENGINEER)
    expect(said(ACME)).toBe('new')
    await publishing.publish({ mapping: ORDER, text: overlaySaying('well', 'tenant: globex') }, ENGINEER)
    expect(said(GLOBEX)).toBe('well')
  })

  it('is refused while a case of an overlay above fails', async () => {
    const { publishing } = catalogueWorld()
    const text = overlay('document: { status: \'placedAt ? "open" : "closed"\' }', 'tenant: globex')
    const cases = 'cases: [{ name: mine, input: { id: 1, lines: [] }, include: { placedAt: shipped } }]'
    await publishing.publish({ mapping: ORDER, text, cases }, ENGINEER)
    const all = { mapping: ORDER, text: saying('new'), cases: casesSaying('new') }
    expect(await failing(publishing.publish(all, ENGINEER))).toEqual([
      'tenant:globex#1: mine: /placedAt: expected "shipped", got "new"',
    ])
  })

  it('is refused when somebody else published meanwhile', async () => {
    const { publishing, store } = catalogueWorld()
    const publication = { mapping: ORDER, text: saying('new'), cases: casesSaying('new'), after: 0 }
    await publishing.publish(publication, ENGINEER)
    expect(await refusal(publishing.publish(publication, ENGINEER))).toMatchObject({
      code: 'MAPPING_CHANGED',
    })
    await publishing.publish({ ...publication, after: 1 }, ENGINEER)
    const { publish } = store.mappings
    store.mappings.publish = async (entry, after) => {
      await publish.call(store.mappings, entry, after)
      return publish.call(store.mappings, entry, after)
    }
    expect(await refusal(publishing.publish({ ...publication, after: 2 }, ENGINEER))).toMatchObject({
      code: 'MAPPING_CHANGED',
      detail: 'The newest number is 3.',
    })
  })

  it.each([
    ['a mapping that does not exist', saying('x'), 'kind/shop/none', 'NOT_FOUND'],
    ['a tenant that does not exist', overlaySaying('x', 'tenant: nobody'), ORDER, 'INPUT_INVALID'],
    ['a connection that does not exist', overlaySaying('x', 'connection: nobody'), ORDER, 'INPUT_INVALID'],
  ])('knows %s', async (_name, text, mapping, code) => {
    const { publishing } = catalogueWorld()
    expect(await refusal(publishing.publish({ mapping, text }, ENGINEER))).toMatchObject({ code })
  })

  it('keeps a principal of a tenant to its own scopes', async () => {
    const { publishing } = catalogueWorld()
    const own = { ...ENGINEER, tenant: 'globex' }
    const publish = (whom: string) =>
      publishing.publish({ mapping: ORDER, text: overlaySaying('x', whom) }, own)
    expect(await refusal(publish(''))).toMatchObject({ code: 'NOT_ALLOWED' })
    expect(await refusal(publish('tenant: acme'))).toMatchObject({ code: 'INPUT_INVALID' })
    expect(await refusal(publish('connection: acme-shop'))).toMatchObject({ code: 'INPUT_INVALID' })
    expect(await publish('tenant: globex')).toMatchObject({ scope: 'tenant:globex' })
    expect(await publish('connection: globex-shop')).toMatchObject({ scope: 'connection:globex-shop' })
    expect(
      await refusal(publishing.rollback({ mapping: ORDER, scope: 'tenant:acme', to: 0 }, own)),
    ).toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('publishing an overlay', () => {
  const publish = (world: ReturnType<typeof catalogueWorld>, text: string, cases?: string) =>
    world.publishing.publish({ mapping: ORDER, text, cases }, ENGINEER)

  it('concerns only those it is for', async () => {
    const world = catalogueWorld()
    await publish(world, overlaySaying('mine', 'tenant: acme'))
    expect([world.said(ACME), world.said(GLOBEX)]).toEqual(['mine', 'shipped'])
  })

  it('may change the leaves that it names without cases of its own', async () => {
    const world = catalogueWorld([file(`${ORDER}.map.yaml`, saying('shipped', 'number: id'), CASES)])
    const text = overlay(
      'number: null\ndocument: { placedAt: null, tags: { $each: id, $value: "$" }, billing: { city: id } }',
    )
    expect(await publish(world, text)).toMatchObject({ number: 1 })
  })

  it('names what it adds to the items of an array', async () => {
    const cases = CASES.replace(
      'lines: []',
      'lines: [{ sku: a, price: "1", n: 2 }, { sku: b, price: "2", n: 3 }]',
    )
    const world = catalogueWorld([file(`${ORDER}.map.yaml`, saying('shipped'), cases)])
    expect(await publish(world, overlay('document: { lines: { quantity: n } }'))).toMatchObject({ number: 1 })
    expect(
      await failing(
        publish(
          world,
          overlay('let: { a: id }\ndocument: { lines: { $when: n > 2 } }', 'tenant: acme'),
          cases.replace('{ placedAt: shipped }', '{ lines: [{ sku: a }] }'),
        ),
      ),
    ).toHaveLength(1)
  })

  it('may not change others, unless a case of the same name shows it', async () => {
    const shipped = saying('shipped', 'let: { word: \'"shipped"\' }').replace(`'"shipped"'\n`, '$word\n')
    const world = catalogueWorld([
      file(`${ORDER}.map.yaml`, shipped.replace(/placedAt: .*/, 'placedAt: $word'), CASES),
    ])
    const text = overlay('let: { word: \'"other"\' }')
    expect(await failing(publish(world, text))).toEqual([
      'plain: /placedAt: "shipped" → "other", and the overlay does not name it',
    ])
    expect(await failing(publish(world, text, casesSaying('other', 'another')))).toHaveLength(1)
    expect(await publish(world, text, casesSaying('other'))).toMatchObject({ number: 1 })
  })

  it('may not make a case fail altogether, or skip it unless it names `skip`', async () => {
    const world = catalogueWorld()
    const [first] = await failing(publish(world, overlay('document: { billing: { name: id, city: no } }')))
    expect(first).toContain('plain: a document → MAPPING_MISSING')
    expect(await failing(publish(world, overlay('identity: gone')))).toHaveLength(1)
    expect(await publish(world, overlay('skip: id = 1'))).toMatchObject({ number: 1 })
  })

  it('is held to its own cases, which stay until others come', async () => {
    const world = catalogueWorld()
    const text = overlaySaying('mine')
    expect(await failing(publish(world, text, casesSaying('other', 'mine')))).toHaveLength(1)
    await publish(world, text, casesSaying('mine', 'mine'))
    expect(await failing(publish(world, overlaySaying('yours')))).toHaveLength(1)
    await publish(world, overlaySaying('yours'), '')
    expect(world.said(ACME)).toBe('yours')
  })
})

describe('rolling back', () => {
  it('publishes an earlier text once more; 0 is the shipped file', async () => {
    const { publishing, said, acts, store } = catalogueWorld()
    for (const word of ['one', 'two'])
      await publishing.publish({ mapping: ORDER, text: saying(word), cases: casesSaying(word) }, ENGINEER)
    expect(await publishing.rollback({ mapping: ORDER, scope: '*', to: 1 }, ENGINEER)).toEqual({
      mapping: ORDER,
      scope: '*',
      number: 3,
    })
    expect(said(ACME)).toBe('one')
    await publishing.rollback({ mapping: ORDER, scope: '*', to: 0 }, ENGINEER)
    expect(said(ACME)).toBe('shipped')
    expect(acts.slice(2)).toMatchObject([
      { action: 'mapping.roll-back', detail: { scope: '*', number: 3, to: 1 } },
      { action: 'mapping.roll-back', detail: { scope: '*', number: 4, to: 0 } },
    ])
    const { items } = await store.mappings.list({ mapping: ORDER })
    expect(items.map(({ number, text, cases }) => [number, text !== '', cases !== ''])).toEqual([
      [4, false, false],
      [3, true, true],
      [2, true, true],
      [1, true, true],
    ])
  })

  it('is refused while an overlay above would not compile, and where there is no such number', async () => {
    const { publishing } = catalogueWorld()
    const back = (to: number) => publishing.rollback({ mapping: ORDER, scope: '*', to }, ENGINEER)
    expect(await refusal(back(0))).toMatchObject({ code: 'NOT_FOUND' })
    await publishing.publish({ mapping: ORDER, text: overlay('let: { a: id }') }, ENGINEER)
    await publishing.publish(
      { mapping: ORDER, text: overlay('document: { placedAt: $a }', 'tenant: globex') },
      ENGINEER,
    )
    expect(await refusal(back(0))).toMatchObject({ code: 'MAPPINGS_BROKEN' })
    expect(await refusal(back(2))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await back(1)).toMatchObject({ number: 2 })
  })
})
