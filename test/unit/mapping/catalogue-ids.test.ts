import { describe, expect, it } from '@jest/globals'
import { catalogueWorld, file, ORDER, saying } from './catalogue-world.ts'

describe('a mapping', () => {
  it('is found by its id without compiling, also where it would not compile', () => {
    const { catalogue, compiled } = catalogueWorld([
      file(`${ORDER}.map.yaml`, saying('shipped')),
      file('pos/a/broken.map.yaml', saying('x').replace('document:', 'dokument:')),
      file('pos/a/own.map.yaml', `for: { tenant: acme }\n${saying('own')}`),
    ])
    expect([catalogue.ids(), compiled()]).toEqual([[ORDER, 'pos/a/broken'], 0])
    expect(catalogue.plans().map(({ id }) => id)).toEqual([ORDER])
    expect(catalogue.plans('other')).toEqual([])
  })
})
