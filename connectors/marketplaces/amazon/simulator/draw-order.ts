import { formatInstant } from '../../../sdk/index.ts'

export type Random = () => number

/** An order as the simulated marketplace keeps it; each API version shows it its own way. Amounts are cents. */
export interface SimOrder {
  id: string
  createdAt: number
  changedAt: number
  status: 'Pending' | 'Unshipped' | 'PartiallyShipped' | 'Shipped' | 'Canceled'
  fulfilledBy: 'AMAZON' | 'MERCHANT'
  programs: string[]
  buyer: { name: string; email: string }
  address: { name: string; line1: string; city: string; region: string; postalCode: string; country: string }
  items: SimItem[]
  packages: SimPackage[]
}

export interface SimItem {
  id: string
  asin: string
  sku: string
  title: string
  quantity: number
  shipped: number
  price: number
  tax: number
  shipping: number
  shippingTax: number
  discount: number
  giftWrap: number
  giftMessage?: string
}

export interface SimPackage {
  reference: string
  carrier: string
  method?: string
  trackingNumber: string
  shippedAt: string
  items: { orderItemId: string; quantity: number }[]
  writes: number
}

export const MARKETPLACE = { id: 'ATVPDKIKX0DER', name: 'Amazon.com', currency: 'USD' }

const PEOPLE = ['Ida Example', 'Noor Sample', 'Zoë Muster', 'Łukasz Przykład', '例 太郎']
const GOODS = ['Hiking socks', 'Camp stove', 'Tent peg set', 'Trail mug', 'Rain cover']
const TOWNS: [city: string, region: string, postalCode: string][] = [
  ['Seattle', 'WA', '98101'],
  ['Austin', 'TX', '73301'],
  ['Portland', 'OR', '97201'],
]

/** An invented, paid order of one to three items; the same draws make the same order. */
export function drawOrder(random: Random, number: number, at: number): SimOrder {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const name = pick(PEOPLE)
  const [city, region, postalCode] = pick(TOWNS)
  const digits = String(number).padStart(7, '0')
  return {
    id: `902-${digits}-${String(4_000_000 + number).slice(-7)}`,
    createdAt: at,
    changedAt: at,
    status: 'Unshipped',
    fulfilledBy: 'MERCHANT',
    programs: random() < 0.5 ? ['PRIME'] : [],
    buyer: { name, email: `buyer${number}@marketplace.example` },
    address: {
      name,
      line1: `${1 + Math.floor(random() * 99)} Example Street`,
      city,
      region,
      postalCode,
      country: 'US',
    },
    items: Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) =>
      drawItem(random, { number, index, title: pick(GOODS) }),
    ),
    packages: [],
  }
}

function drawItem(
  random: Random,
  { number, index, title }: { number: number; index: number; title: string },
): SimItem {
  const quantity = 1 + Math.floor(random() * 3)
  const price = quantity * (500 + Math.floor(random() * 5_000))
  const shipping = random() < 0.5 ? 499 : 0
  const wrapped = random() < 0.2
  return {
    id: `${String(number).padStart(8, '0')}${String(100_000 + index)}`,
    asin: `B0${String(number * 10 + index).padStart(8, '0')}`,
    sku: `SKU-${number}-${index + 1}`,
    title,
    quantity,
    shipped: 0,
    price,
    tax: Math.round(price * 0.07),
    shipping,
    shippingTax: Math.round(shipping * 0.07),
    discount: random() < 0.3 ? 100 : 0,
    giftWrap: wrapped ? 399 : 0,
    ...(wrapped ? { giftMessage: 'With best wishes' } : {}),
  }
}

export const totalOf = ({ items }: SimOrder): number =>
  items.reduce(
    (sum, { price, tax, shipping, shippingTax, discount, giftWrap }) =>
      sum + price + tax + shipping + shippingTax - discount + giftWrap,
    0,
  )

export const decimal = (cents: number): string => (cents / 100).toFixed(2)

export const time = (ms: number): string => formatInstant(ms)
