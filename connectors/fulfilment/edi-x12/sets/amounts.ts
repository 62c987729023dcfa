import type { Node } from './to-record.ts'

/** How many units a price is for, by the basis of unit price (639); all others are for one. */
const BASIS: Readonly<Record<string, bigint>> = { HP: 100n, HF: 100n, TP: 1_000n }

interface Decimal {
  digits: bigint
  scale: number
}

/**
 * Price × quantity of an item: exact for whole quantities, else rounded half up to the currency’s minor unit, which is how
 * the hub adds up orders. Undefined where one of them is missing or no number.
 */
export function lineAmount(
  of: { price: string | undefined; quantity: string | undefined; basis: string | undefined },
  minorDigits: number,
): string | undefined {
  const [price, quantity] = [decimal(of.price), decimal(of.quantity)]
  if (!price || !quantity) return undefined
  const divisor = 10n ** BigInt(price.scale + quantity.scale) * (BASIS[of.basis ?? ''] ?? 1n)
  if (quantity.digits % 10n ** BigInt(quantity.scale) === 0n) {
    const units = quantity.digits / 10n ** BigInt(quantity.scale)
    return shown(price.digits * units, price.scale + zerosOf(of.basis))
  }
  const exact = price.digits * quantity.digits * 10n ** BigInt(minorDigits)
  const sign = exact < 0n ? -1n : 1n
  return shown(sign * ((sign * exact * 2n + divisor) / (2n * divisor)), minorDigits)
}

/** Price of one unit, exact. */
export function unitPrice(price: string | undefined, basis: string | undefined): string | undefined {
  const read = decimal(price)
  if (!read) return undefined
  return shown(read.digits, read.scale + zerosOf(basis))
}

const zerosOf = (basis: string | undefined): number => String(BASIS[basis ?? ''] ?? 1n).length - 1

/** An implied amount (type N2): `5887` is 58.87; what has a point is written out. */
export function impliedCents(value: string | undefined): string | undefined {
  const read = decimal(value)
  if (!read) return undefined
  return value!.includes('.') ? shown(read.digits, read.scale) : shown(read.digits, 2)
}

function decimal(text: string | undefined): Decimal | null {
  const [, sign = '', whole = '', fraction = ''] =
    /^([+-]?)(\d{0,15})(?:\.(\d{0,12}))?$/.exec(text ?? '') ?? []
  if (whole + fraction === '') return null
  return { digits: BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`), scale: fraction.length }
}

function shown(digits: bigint, scale: number): string {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0')
  const point = text.length - scale
  return `${digits < 0n ? '-' : ''}${text.slice(0, point)}${scale > 0 ? `.${text.slice(point)}` : ''}`
}

/** Adds what cannot be said in a mapping exactly: `amount` and `price` of items, `amount` of allowances and charges. */
export function withAmounts(record: Node, minorDigits: number): Node {
  for (const item of nodes(record['PO1'])) {
    const [ctp] = nodes(item['CTP']).filter(one => one['CTP03'] !== undefined)
    const price = text(item['PO104']) ?? text(ctp?.['CTP03'])
    const [basis, quantity] = [text(item['PO105']), text(item['PO102'])]
    set(item, 'price', unitPrice(price, basis))
    set(item, 'amount', lineAmount({ price, quantity, basis }, minorDigits))
    for (const sac of nodes(item['SAC']))
      set(sac, 'amount', sacAmount(sac, text(item['amount']), minorDigits))
  }
  const total = sumOf(nodes(record['PO1']).map(item => text(item['amount'])))
  for (const sac of nodes(record['SAC'])) set(sac, 'amount', sacAmount(sac, total, minorDigits))
  return record
}

/** SAC05 in cents; else SAC08 × SAC10; else SAC07 per cent of what it is about. */
function sacAmount(sac: Node, base: string | undefined, minorDigits: number): string | undefined {
  const stated = impliedCents(text(sac['SAC05']))
  if (stated !== undefined) return stated
  const rate = text(sac['SAC08'])
  if (rate !== undefined)
    return lineAmount({ price: rate, quantity: text(sac['SAC10']) ?? '1', basis: undefined }, minorDigits)
  return lineAmount({ price: text(sac['SAC07']), quantity: base, basis: 'HP' }, minorDigits)
}

const FINEST = 12

function sumOf(amounts: readonly (string | undefined)[]): string {
  const read = amounts.map(decimal).filter(one => one !== null)
  return shown(
    read.reduce((sum, { digits, scale }) => sum + digits * 10n ** BigInt(FINEST - scale), 0n),
    FINEST,
  )
}

function set(node: Node, name: string, value: string | undefined): void {
  if (value !== undefined) node[name] = value
}

const nodes = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : [])

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
