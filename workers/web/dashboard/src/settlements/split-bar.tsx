import type { PayoutReport } from '#core/settlements/report.ts'

import { formatMoney } from '../format.ts'

interface Part {
  name: string
  /** As the API wrote it. */
  amount: string
  color: 'fees' | 'refunds' | 'tax'
  title?: string
}

/** How the proceeds were divided: what channel, buyers and tax office took, and what is left. Drawn to scale. */
export function SplitBar({ payout }: { payout: PayoutReport }) {
  const { proceeds, refunds, withheldTax, fees } = payout
  const taken: Part[] = [
    { name: 'Fees', amount: fees.total, color: 'fees', title: feesText(payout) },
    { name: 'Refunds', amount: negated(refunds), color: 'refunds' },
    { name: 'Withheld tax', amount: negated(withheldTax), color: 'tax' },
  ]
  const whole = Math.max(Number(proceeds), sumOf(taken), 0.01)
  const share = (amount: string) => `${(Math.max(Number(amount), 0) / whole) * 100}%`
  return (
    <div class="split">
      <div class="split-bar" aria-hidden="true">
        {taken
          .filter(({ amount }) => Number(amount) > 0)
          .map(({ color, amount }) => (
            <i key={color} class={color} style={{ width: share(amount) }} />
          ))}
      </div>
      <ul class="split-legend" aria-label="What became of the proceeds">
        <li>
          Proceeds <b>{formatMoney(proceeds)}</b>
        </li>
        {taken.map(({ name, amount, color, title }) => (
          <li key={color} title={title}>
            <i class={color} aria-hidden="true" />
            {name} <b>{formatMoney(amount)}</b>
          </li>
        ))}
        <li>
          <i class="rest" aria-hidden="true" />
          What is left of them
        </li>
      </ul>
    </div>
  )
}

/** What the API counts as the merchant’s is counted here as taken; what came back stays visible as less than nothing. */
const negated = (amount: string): string =>
  amount.startsWith('-') ? amount.slice(1) : /[1-9]/.test(amount) ? `-${amount}` : amount

const sumOf = (parts: readonly Part[]): number => parts.reduce((sum, { amount }) => sum + Number(amount), 0)

const feesText = ({ fees }: PayoutReport): string =>
  fees.byType.map(({ type, amount }) => `${type} ${formatMoney(amount)}`).join('\n')
