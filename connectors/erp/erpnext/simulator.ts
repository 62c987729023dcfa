import { type Feed, type Resource, zonedText } from '../../sdk/index.ts'
import type { PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { type Reply, type Route, servePartner } from '../../sdk/testkit/serve-partner.ts'
import { KEYED } from './probe.ts'
import { listed } from './simulator/lists.ts'
import { Site, type Stamp, Thrown } from './simulator/site.ts'

export interface ErpnextOptions extends SimulatorOptions {
  apiKey: string
  apiSecret: string
  timeZone: string
  keyField?: string
}

export interface ErpnextSimulator extends PartnerSimulator {
  readonly site: Site
}

const TYPES: Readonly<Partial<Record<Resource, string>>> = {
  order: 'Sales Order',
  shipment: 'Delivery Note',
  return: 'Sales Invoice',
}

const COMPANY = 'Acme'

/** An ERPNext site: token authentication, documents with a unique key field, submission, cancellation, lists. */
export async function createErpnextSimulator(options: ErpnextOptions): Promise<ErpnextSimulator> {
  const { now, timeZone, apiKey, apiSecret, keyField = 'custom_hub_key' } = options
  const stamp: Stamp = (at = now()) => `${zonedText(timeZone, at)}.${String(at % 1_000).padStart(3, '0')}000`
  const site = new Site(stamp, keyField)
  for (const dt of KEYED) site.insert('Custom Field', { dt, fieldname: keyField, unique: 1 })
  for (const [name, code] of [
    ['United States', 'us'],
    ['Germany', 'de'],
  ])
    site.insert('Country', { name, code })
  const server = await servePartner({
    routes: routesOf(site),
    guard: ({ headers }) =>
      headers['authorization'] === `token ${apiKey}:${apiSecret}`
        ? undefined
        : shown(new Thrown('AuthenticationError', 'Invalid token', 401)),
  })
  return {
    ...server,
    site,
    seed: (feed, count, at) =>
      Array.from({ length: count }, (_, index) => seeded(site, feed, stamp(at + index * 1_000))),
    touch: (feed, id, at) => touch(site, { feed, id, modified: stamp(at) }),
    held: resource =>
      site
        .of(TYPES[resource] ?? '')
        .filter(({ docstatus }) => docstatus < 2)
        .map(({ writes, ...body }) => ({ key: String(body[keyField]), body, writes })),
  }
}

function routesOf(site: Site): Route[] {
  const routes: Route[] = [
    {
      ...{ method: 'GET', path: /^\/api\/resource\/([^/]+)$/ },
      answer: (asked, doctype = '') => listed(site, doctype, asked),
    },
    {
      ...{ method: 'POST', path: /^\/api\/resource\/([^/]+)$/ },
      answer: ({ body }, doctype = '') => ok(site.insert(doctype, body as Record<string, unknown>)),
    },
    {
      ...{ method: 'GET', path: /^\/api\/resource\/([^/]+)\/([^/]+)$/ },
      answer: (_, doctype = '', name = '') => ok(site.find(doctype, name)),
    },
    {
      ...{ method: 'PUT', path: /^\/api\/resource\/([^/]+)\/([^/]+)$/ },
      answer: ({ body }, doctype = '', name = '') =>
        ok(site.update(doctype, name, body as Record<string, unknown>)),
    },
    {
      ...{ method: 'DELETE', path: /^\/api\/resource\/([^/]+)\/([^/]+)$/ },
      answer: (_, doctype = '', name = '') => {
        site.remove(doctype, name)
        return { status: 202, body: { message: 'ok' } }
      },
    },
  ]
  return routes.map(route => ({
    ...route,
    answer(...of) {
      try {
        return route.answer(...of) as Reply
      } catch (thrown) {
        if (thrown instanceof Thrown) return shown(thrown)
        throw thrown
      }
    },
  }))
}

const ok = (doc: object): Reply => ({ status: 200, body: { data: doc } })

/** As Frappe shows an exception: its name, and what it says as JSON within JSON. */
const shown = ({ type, message, status }: Thrown): Reply => ({
  status,
  body: {
    exception: `frappe.exceptions.${type}: ${message}`,
    exc_type: type,
    exc: JSON.stringify(['Traceback (most recent call last): …']),
    _server_messages: JSON.stringify([JSON.stringify({ message, indicator: 'red', raise_exception: 1 })]),
  },
})

/** One record of a feed that changed at a time; its id as the decoded record carries it. */
function seeded(site: Site, feed: Feed, modified: string): string {
  const code = `SEED-${site.of('Item').length}`
  const isGoods = feed === 'product'
  const item = site.insert('Item', {
    ...{ name: code, item_code: code, item_name: 'Trail Mug', disabled: 0, is_stock_item: 1 },
    ...{ is_sales_item: isGoods ? 1 : 0, has_variants: 0 },
  })
  Object.assign(item, { modified })
  if (isGoods) return code
  if (feed === 'inventory') {
    const warehouse = 'Stores'
    site.insert('Bin', {
      item_code: code,
      warehouse,
      actual_qty: 7,
      reserved_qty: 2,
      ordered_qty: 0,
      projected_qty: 5,
    })
    return `${code}@${warehouse}`
  }
  const note = site.insert('Delivery Note', {
    ...{ company: COMPANY, is_return: 0, docstatus: 1, lr_no: `1Z999AA1${code}`, transporter_name: 'UPS' },
    items: [{ item_code: code, item_name: 'Trail Mug', qty: 1, against_sales_order: 'SO-SEED' }],
  })
  return Object.assign(note, { modified }).name
}

function touch(site: Site, { feed, id, modified }: { feed: Feed; id: string; modified: string }): void {
  const bin = site.of('Bin').find(row => `${row['item_code']}@${row['warehouse']}` === id)
  if (feed === 'inventory' && bin) bin['actual_qty'] = Number(bin['actual_qty']) + 1
  const doctype = feed === 'product' ? 'Item' : 'Delivery Note'
  const doc = site.of(doctype).find(({ name }) => name === id)
  if (doc) Object.assign(doc, { modified })
}
