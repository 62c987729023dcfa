import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readLayerFiles } from '#core/mapping/catalogue/mapping-files.ts'
import { createReadCase } from '#core/mapping/catalogue/read-case.ts'

const FILES = {
  'mappings/kind/shop/order.map.yaml': 'order',
  'mappings/kind/shop/order.test.yaml': 'cases of order',
  'mappings/kind/shop/product.map.yaml': 'product',
  'mappings/kind/shop/cases/one.json': '"shipped"',
  'overlays/acme.overlay.yaml': 'acme',
  'overlays/acme.overlay.test.yaml': 'cases of acme',
  'overlays/kind/shop/cases/one.json': '"own"',
  'secret.json': '"secret"',
}

let root: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'layers-'))
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
})

afterAll(() => rmSync(root, { recursive: true }))

describe('a folder of layers', () => {
  it('gives mappings and overlays with the cases beside them', async () => {
    expect(await readLayerFiles(join(root, 'mappings'))).toEqual([
      { path: 'kind/shop/order.map.yaml', text: 'order', cases: 'cases of order' },
      { path: 'kind/shop/product.map.yaml', text: 'product', cases: '' },
    ])
    expect(await readLayerFiles(join(root, 'overlays'))).toEqual([
      { path: 'acme.overlay.yaml', text: 'acme', cases: 'cases of acme' },
    ])
  })
})

describe('the input of a case', () => {
  it('comes from the first folder that has it', () => {
    const [mappings, overlays] = [join(root, 'mappings'), join(root, 'overlays')]
    expect(createReadCase([overlays, mappings])('kind/shop/cases/one.json')).toBe('"own"')
    expect(createReadCase([mappings, overlays])('kind/shop/cases/one.json')).toBe('"shipped"')
    expect(createReadCase([overlays, mappings])('kind/shop/order.map.yaml')).toBe('order')
  })

  it.each(['../secret.json', 'kind/../../secret.json', 'kind/gone.json'])(
    'is never outside of them: %s',
    path => {
      const read = createReadCase([join(root, 'mappings'), join(root, 'overlays')])
      expect(() => read(path)).toThrow(`“${path}”, which is not there`)
    },
  )
})
