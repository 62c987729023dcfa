import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { odooServer } from '#test/support/odoo.ts'
import { ordersAt } from './odoo-orders-bench.ts'

const server = odooServer()
const suite = server ? describe : describe.skip

suite('customers of orders in a real Odoo', () => {
  const { address, desk, open, order, sale } = ordersAt(server)

  beforeAll(open)
  afterAll(() => desk.close())

  describe('customers', () => {
    const partnerOf = async (one: Record<string, unknown>) => (await sale(await desk.push(one))).partner_id

    it('the same customer is one, under another address too', async () => {
      const first = await partnerOf(
        order({ customer: { externalId: 'same' }, email: `a@${desk.own}.test.example` }),
      )
      expect(
        await partnerOf(order({ customer: { externalId: 'same' }, email: `b@${desk.own}.test.example` })),
      ).toBe(first)
      expect(await partnerOf(order({ customer: undefined, email: ` A@${desk.own}.TEST.example ` }))).toBe(
        first,
      )
    })

    it('one that Odoo knows by the address is taken', async () => {
      const email = `known@${desk.own}.example.com`
      const [known] = await desk.api.call<number[]>('res.partner', 'create', {
        vals_list: [{ name: 'Known', email }],
      })
      expect(await partnerOf(order({ email }))).toBe(known)
    })

    it('guests without an address are each their own', async () => {
      const guest = { email: undefined, customer: undefined }
      expect(await partnerOf(order(guest))).not.toBe(await partnerOf(order(guest)))
    })

    it('our own company is never the customer', async () => {
      const [company] = await desk.api.searchRead<{ id: number; partner_id: number }>('res.company', {
        domain: [],
        fields: ['partner_id'],
      })
      const { email } = await desk.read<{ email: string | false }>('res.partner', company!.partner_id, [
        'email',
      ])
      expect(await partnerOf(order({ email: email || `own@${desk.own}.example.com` }))).not.toBe(
        company!.partner_id,
      )
    })

    it('another delivery address is a contact below, the same one once', async () => {
      const gift = address({ name: 'Otto Weiß', line1: '7 Birch Rd', phone: undefined })
      const customer = { externalId: 'gifts' }
      const first = await sale(await desk.push(order({ customer, shippingAddress: gift })))
      expect(first.partner_shipping_id).not.toBe(first.partner_id)
      expect(first.partner_invoice_id).toBe(first.partner_id)
      const spelled = { ...gift, line1: '7  birch RD' }
      const second = await sale(await desk.push(order({ customer, shippingAddress: spelled })))
      expect(second.partner_shipping_id).toBe(first.partner_shipping_id)
      const contact = await desk.read('res.partner', first.partner_shipping_id, [
        'name',
        'parent_id',
        'type',
        'zip',
      ])
      expect(contact).toMatchObject({
        name: 'Otto Weiß',
        parent_id: first.partner_id,
        type: 'delivery',
        zip: '60606',
      })
    })
  })
})
