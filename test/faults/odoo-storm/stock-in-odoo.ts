import { setTimeout as pause } from 'node:timers/promises'
import type { OdooClient } from '../../support/odoo-client.ts'

interface Quant {
  product_id: number
  quantity: number
  reserved_quantity: number
}

/** Units by SKU. */
export type Units = ReadonlyMap<string, number>

const IN_MAIN = ['location_id.warehouse_id.code', '=', 'MAIN'] as const
const ANYWHERE = ['location_id.warehouse_id', '!=', false] as const

/** What lies in Odoo's warehouses and nobody has reserved, summed up from its places. */
export const freeIn = (odoo: OdooClient, skus: readonly string[]): Promise<Units> =>
  unitsIn(odoo, skus, { where: ANYWHERE, of: quant => quant.quantity - quant.reserved_quantity })

/** Units in the warehouse that ships, reserved or not. */
export const onHandIn = (odoo: OdooClient, skus: readonly string[]): Promise<Units> =>
  unitsIn(odoo, skus, { where: IN_MAIN, of: ({ quantity }) => quantity })

async function unitsIn(
  odoo: OdooClient,
  skus: readonly string[],
  { where, of }: { where: readonly unknown[]; of(quant: Quant): number },
): Promise<Units> {
  const ids = await productsOf(odoo, skus)
  const names = new Map([...ids].map(([sku, id]) => [id, sku]))
  const quants = await odoo.read<Quant>(
    'stock.quant',
    [['product_id', 'in', [...ids.values()]], ['location_id.usage', '=', 'internal'], where],
    ['product_id', 'quantity', 'reserved_quantity'],
  )
  const units = new Map(skus.map(sku => [sku, 0]))
  for (const quant of quants) {
    const sku = names.get(quant.product_id)!
    units.set(sku, units.get(sku)! + of(quant))
  }
  return units
}

const CONFLICTS = 5

/** Somebody counts what lies in the warehouse, and enters it; the hub may be at the same articles. */
export async function count(odoo: OdooClient, units: Units): Promise<void> {
  for (let conflicts = 0; ; conflicts++)
    try {
      return await enter(odoo, units)
    } catch (error) {
      if (conflicts === CONFLICTS || !/serializ|concurrent|lock/i.test(String(error))) throw error
      await pause(500)
    }
}

async function enter(odoo: OdooClient, units: Units): Promise<void> {
  const [main] = await odoo.read<{ lot_stock_id: number }>(
    'stock.warehouse',
    [['code', '=', 'MAIN']],
    ['lot_stock_id'],
  )
  const products = await productsOf(odoo, [...units.keys()])
  const ids = await odoo.call<number[]>('stock.quant', 'create', {
    vals_list: [...units].map(([sku, counted]) => ({
      product_id: products.get(sku),
      location_id: main!.lot_stock_id,
      inventory_quantity: counted,
    })),
    context: { inventory_mode: true },
  })
  await odoo.call('stock.quant', 'action_apply_inventory', { ids })
}

async function productsOf(odoo: OdooClient, skus: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await odoo.read<{ default_code: string }>(
    'product.product',
    [['default_code', 'in', skus]],
    ['default_code'],
  )
  return new Map(rows.map(({ id, default_code: sku }) => [sku, id]))
}
