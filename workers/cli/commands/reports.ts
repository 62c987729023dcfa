import type { DocumentFilter } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { shipByRows } from '#core/orchestration/ship-by.ts'
import type { OrderRow } from '#core/settlements/report.ts'
import { createSettlements, type PayoutRow } from '#core/settlements/settlements.ts'
import { withInstants } from '../../web/api/times.ts'
import type { Answer, Run } from '../command.ts'
import { ago } from '../text/ago.ts'
import { blocks, facts, plural } from '../text/facts.ts'
import { pageAnswer, pageOptions } from '../text/page.ts'
import { table } from '../text/table.ts'

/** Payouts, or one of them with the orders that do not fit. */
export const settlements: Run = async ({ args: [id], options, hub, world }) => {
  const { store } = await hub.base()
  const payouts = createSettlements(store)
  if (id !== undefined) return onePayout(await payouts.show(id), id, world.width)
  const { filter, page } = pageOptions<DocumentFilter>(options)
  return pageAnswer({
    page: await payouts.list(filter, page),
    view: payout => payout,
    columns: [
      { title: 'PAYOUT', of: (row: PayoutRow) => row.id },
      { title: 'PAID', of: row => row.paidAt?.slice(0, 10) },
      { title: 'AMOUNT', of: row => `${row.payout} ${row.currency}`, right: true },
      { title: 'PROCEEDS', of: row => row.proceeds, right: true },
      { title: 'REFUNDS', of: row => row.refunds, right: true },
      { title: 'FEES', of: row => row.fees.total, right: true },
      { title: 'LINES', of: row => row.lines.total, right: true },
      { title: 'UNMATCHED', of: row => row.lines.unmatched, right: true },
      { title: 'ORDERS OFF', of: row => row.orders.differing, right: true },
      { title: 'BY', of: row => row.orders.difference, right: true },
      { title: 'UNEXPLAINED', of: row => row.unexplained, right: true },
    ],
    width: world.width,
    empty: 'No settlement.',
  })
}

type Shown = Awaited<ReturnType<ReturnType<typeof createSettlements>['show']>>

function onePayout(shown: Shown, id: string, width: number): Answer {
  if (!shown) throw new HubError('NOT_FOUND', { detail: `Settlement “${id}”.` })
  const { report, attention } = shown
  const { lines, orders, refundedOrders, fees } = report
  return {
    json: { ...report, attention },
    text: blocks(
      `${report.payout} ${report.currency} from ${report.connection}, ${report.externalId}`,
      facts({
        period: report.periodStart && `${report.periodStart} to ${report.periodEnd ?? 'now'}`,
        proceeds: report.proceeds,
        refunds: report.refunds,
        fees: fees.total,
        ...Object.fromEntries(fees.byType.map(({ type, amount }) => [`  ${type}`, amount])),
        'withheld tax': report.withheldTax,
        balances: report.balances,
        other: report.other,
        unexplained: report.unexplained,
        lines: `${lines.matched} of ${lines.total} with their order, ${lines.unmatched} without it, ${lines.withoutOrder} of none`,
        orders: `${orders.exact} exact, ${orders.differing} off by ${orders.difference}, ${orders.unsettled} not said`,
        refunded: `${refundedOrders.exact} exact, ${refundedOrders.differing} off by ${refundedOrders.difference}, ${refundedOrders.unknown} not said`,
      }),
      attention.length > 0 && table(attention, COLUMNS, width),
    ),
  }
}

const COLUMNS = [
  { title: 'ORDER', of: (row: OrderRow) => row.number ?? row.orderId },
  { title: 'KNOWN', of: (row: OrderRow) => (row.document === undefined ? 'no' : 'yes') },
  { title: 'TOTAL', of: (row: OrderRow) => row.total, right: true as const },
  { title: 'PROCEEDS', of: (row: OrderRow) => row.proceeds, right: true as const },
  { title: 'REFUNDS', of: (row: OrderRow) => row.refunds, right: true as const },
  { title: 'FEES', of: (row: OrderRow) => row.fees, right: true as const },
  { title: 'OFF BY', of: (row: OrderRow) => row.difference, right: true as const },
  { title: 'REFUND OFF BY', of: (row: OrderRow) => row.refundDifference, right: true as const },
]

/** Orders that must be shipped and are not known at their channel to be. */
export const shipBy: Run = async ({ options, hub, world }) => {
  const { store, clock, config } = await hub.base()
  const aheadMs = config.alerts.shipByHours * 3_600_000
  const tenant = options['tenant'] as string | undefined
  const rows = await shipByRows({ store, clock, aheadMs })
  const own = rows.filter(row => tenant === undefined || row.tenant === tenant)
  const late = own.filter(row => row.late).length
  const now = world.now()
  const columns = [
    { title: 'ORDER', of: (row: Row) => row.number ?? row.externalId },
    { title: 'CHANNEL', of: (row: Row) => row.connection },
    { title: 'SHIP BY', of: (row: Row) => ago(row.shipBy, now) },
    { title: 'DOCUMENT', of: (row: Row) => row.document },
  ]
  return {
    json: { items: own.map(row => withInstants(row, 'shipBy')), next: null, total: own.length },
    text:
      own.length === 0
        ? 'No order has to be shipped soon.'
        : blocks(
            table(own, columns, world.width),
            `${plural(late, 'order')} late, ${own.length - late} to be shipped within ${config.alerts.shipByHours} hours.`,
          ),
  }
}

type Row = Awaited<ReturnType<typeof shipByRows>>[number]
