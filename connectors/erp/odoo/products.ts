import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { odooApi } from './api.ts'
import { masterData } from './master-data.ts'

interface ProductRow {
  id: number
  default_code: string
}

/**
 * Ids of the variants with these internal references. Odoo does not keep references unique: one that nobody has, or two
 * have, is `SKU_UNKNOWN`, and all of them are named at once.
 */
export async function productIds(
  skus: readonly string[],
  context: ConnectorContext,
): Promise<ReadonlyMap<string, number>> {
  const wanted = [...new Set(skus)]
  const found = await Promise.all(
    wanted.map(sku =>
      context.together<string, readonly number[]>(sku, {
        ...{ name: 'products', max: 500 },
        send: items => search(items, context),
      }),
    ),
  )
  const wrong = wanted.filter((_, index) => found[index]!.length !== 1)
  if (wrong.length === 0) return new Map(wanted.map((sku, index) => [sku, found[index]![0]!]))
  const shown = wrong.map(sku => {
    const count = found[wanted.indexOf(sku)]!.length
    return count === 0 ? `“${sku}”` : `“${sku}” (${count} articles have it)`
  })
  throw new HubError('SKU_UNKNOWN', {
    detail: `Not one article of Odoo: ${shown.join(', ')}.`,
    fingerprint: [...wrong].sort().join(' '),
  })
}

async function search(skus: readonly string[], context: ConnectorContext): Promise<number[][]> {
  const { company } = await masterData(context)
  const rows = await odooApi(context).searchRead<ProductRow>('product.product', {
    domain: [
      ['default_code', 'in', [...new Set(skus)]],
      ['company_id', 'in', [false, company.id]],
    ],
    fields: ['default_code'],
  })
  const known = Map.groupBy(rows, row => row.default_code)
  return skus.map(sku => (known.get(sku) ?? []).map(({ id }) => id))
}
