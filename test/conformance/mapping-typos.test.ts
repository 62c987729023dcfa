import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { SETTINGS_SCHEMAS } from '#connectors/registry.ts'
import type { Problem } from '#core/contracts/mapper.ts'
import { readSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { type NamedPlace, namesOf } from '#test/support/mapping-names.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const FILES = readdirSync(MAPPINGS, { recursive: true, encoding: 'utf8' }).filter(file =>
  file.endsWith('.map.yaml'),
)

const { schemas, sources } = await readSchemas(MAPPINGS)
const mapper = createMapper({ schemas, sources, settings: SETTINGS_SCHEMAS })

/** Letters that no name of the shipped mappings has where they are put. */
const WRONG = 'qxzjw'

/** The same letters in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

/** The file with one wrong letter in each of the names. */
function misspelt(text: string, names: readonly NamedPlace[], random: (below: number) => number): string {
  let wrong = text
  for (const { offset, name } of names) {
    const at = offset + random(name.length)
    const others = [...WRONG].filter(letter => letter !== wrong[at])
    wrong = wrong.slice(0, at) + others[random(others.length)]! + wrong.slice(at + 1)
  }
  return wrong
}

/**
 * The share of names that cannot be checked, because they lead into what an expression made (objects of a `let`, matches of a
 * pattern) or into records with free keys (X12). Everywhere else each name is.
 */
const UNTRACED: Readonly<Record<string, number>> = {
  'carriers/easypost/shipment.map.yaml': 0.01,
  'carriers/ups/shipment.map.yaml': 0.08,
  'erp/odoo/shipment-out.map.yaml': 0.01,
  'fulfilment/edi-x12/inventory-846.map.yaml': 0.15,
  'fulfilment/edi-x12/notice-856.map.yaml': 0.16,
  'fulfilment/edi-x12/order-850.map.yaml': 0.07,
  'fulfilment/edi-x12/order-940.map.yaml': 0.25,
  'fulfilment/edi-x12/order-b2b.map.yaml': 0.25,
  'fulfilment/edi-x12/receipt-944.map.yaml': 0.08,
  'fulfilment/edi-x12/shipment-856.map.yaml': 0.25,
  'fulfilment/edi-x12/shipment-945.map.yaml': 0.11,
  'marketplaces/ebay/order.map.yaml': 0.05,
  'pos/square/order.map.yaml': 0.04,
  'pos/square/product.map.yaml': 0.12,
  'pos/square/return.map.yaml': 0.07,
  'storefronts/shopify/return-graphql.map.yaml': 0.05,
  'storefronts/woocommerce/order.map.yaml': 0.01,
}

const placeOf = ({ line, column }: { line: number; column: number }) => `${line}:${column}`

/** What the compiler said of something else than the names that were misspelt. */
const others = (problems: readonly Problem[], names: readonly NamedPlace[]) =>
  problems.filter(
    ({ code, line, column }) =>
      code !== 'TARGET_UNFILLED' &&
      !names.some(name => name.code === code && name.line === line && name.column === column),
  )

describe.each(FILES)('one wrong letter in %s', file => {
  const text = readFileSync(join(MAPPINGS, file), 'utf8')
  // What an outgoing mapping makes is the partner's: no schema of ours knows its names.
  const isOurs = (name: NamedPlace): boolean => name.code !== 'TARGET_UNKNOWN' || !/^from:/m.test(text)
  // The longest expressions have rounds of their own, a compilation for a few names: of those every fourth will do.
  const rounds = namesOf(file, text)
    .map(names => names.filter(isOurs))
    .filter((names, round) => round < 8 || names.length > 4 || round % 4 === 0)
  const untraced = UNTRACED[file] ?? 0
  const random = seeded(file.length * 7919)

  it('is reported with its exact place, and with the right name where that is the nearest', () => {
    let named = 0
    const missed: NamedPlace[] = []
    for (const names of rounds) {
      const { problems } = mapper.compile({ path: file, text: misspelt(text, names, random) })
      const reported = problems.filter(({ code }) => names.some(name => name.code === code)).map(placeOf)
      missed.push(...names.filter(name => !reported.includes(placeOf(name))))
      expect(others(problems, names)).toEqual([])
      named += names.filter(name =>
        problems.some(
          problem => placeOf(problem) === placeOf(name) && problem.hint?.includes(`${name.name}\``),
        ),
      ).length
    }
    const all = rounds.flat().length
    expect(all).toBeGreaterThan(10)
    expect(missed.slice(Math.ceil(all * untraced))).toEqual([])
    // The others are as near to another name: `line1` and `line2`, `id` and `sku`.
    expect(named / all).toBeGreaterThan(0.95 - untraced - (untraced > 0 ? 0.03 : 0))
  })
})
