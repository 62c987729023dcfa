import { randomUUID } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { odoo } from '#connectors/erp/odoo/connector.ts'
import type { HubError } from '#core/errors/hub-error.ts'
import { odooServer } from '#test/support/odoo.ts'
import { odooClient } from '#test/support/odoo-client.ts'
import { OdooDesk } from '#test/support/odoo-desk.ts'
import { userWithKey } from '#test/support/odoo-user.ts'

const server = odooServer()
const suite = server ? describe : describe.skip
const LONG = 120_000

/** All that README asks for orders. */
const SELLER = ['group_user', 'group_sale_manager', 'group_partner_manager', 'group_erp_manager']

suite('the rights of a user of a real Odoo', () => {
  /** What the probe says to a key of a user with these groups. */
  async function probed(groups: readonly string[], settings: Record<string, unknown> = {}): Promise<string> {
    const login = `hub-${randomUUID()}`
    const at = { server: server!, odoo: odooClient(server!) }
    const apiKey = await userWithKey(at, { login, password: randomUUID(), groups })
    const desk = new OdooDesk({ ...server!, apiKey }, { settings })
    return odoo.probe!(desk.context)
      .then(({ detail }) => detail)
      .catch((thrown: HubError) => `${thrown.code}: ${thrown.detail}`)
      .finally(() => desk.close())
  }

  it(
    'all of them: the user may do everything',
    async () => {
      const detail = await probed([...SELLER, 'group_stock_user', 'group_account_invoice'])
      expect(detail).toBe('The user may sell, ship, take back and credit.')
    },
    LONG,
  )

  it(
    'one who sells and keeps the warehouse: refunds need a right, and a hub that invoices is refused',
    async () => {
      const groups = [...SELLER, 'group_stock_user']
      const lack =
        'need the right “Accounting / Invoicing” (it may not create account.move, write account.move).'
      expect(await probed(groups)).toContain(`The user may sell. Refunds ${lack} An administrator ticks it`)
      expect(await probed(groups, { invoice: 'onOrder' })).toContain(`PARTNER_FORBIDDEN: Invoices ${lack}`)
    },
    LONG,
  )

  it(
    'one who may neither sell nor keep the warehouse: every right by its name',
    async () => {
      const detail = await probed(['group_user', 'group_erp_manager'])
      expect(detail).toContain(
        'PARTNER_FORBIDDEN: Orders need the right “Sales / Administrator” (it may not create sale.order, write sale.order)' +
          ' and “Contact / Creation” (it may not create res.partner).',
      )
      expect(detail).toContain('Shipments, returns and stock need the right “Inventory / User”')
    },
    LONG,
  )
})
