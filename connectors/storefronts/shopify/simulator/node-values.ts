import { connection } from './graphql-execute.ts'
import type { Address, MoneySet } from './rest-types.ts'

/** Nested lists keep their order; positions are their keys. */
export const list =
  <T>(items: readonly T[]) =>
  (args: Record<string, unknown>) => {
    const keyed = items.map((item, index) => ({ item, key: String(index).padStart(6, '0') }))
    const { nodes, pageInfo } = connection(keyed, args, ({ key }) => key)
    return { nodes: nodes.map(({ item }) => item), pageInfo }
  }

export const money = ({ shop_money, presentment_money }: MoneySet) => ({
  shopMoney: { amount: decimal(shop_money.amount), currencyCode: shop_money.currency_code },
  presentmentMoney: {
    amount: decimal(presentment_money.amount),
    currencyCode: presentment_money.currency_code,
  },
})

/** GraphQL drops trailing zeros, but for one. */
export const decimal = (amount: string): string => {
  const short = amount.includes('.') ? amount.replace(/0+$/, '') : `${amount}.`
  return short.endsWith('.') ? `${short}0` : short
}

export const utc = (local: string | null): string | null =>
  local === null ? null : `${new Date(local).toISOString().slice(0, 19)}Z`

export const address = (of: Address) => ({
  id: `gid://shopify/MailingAddress/${of.zip.length}?model_name=Address`,
  firstName: of.first_name,
  lastName: of.last_name,
  name: of.name,
  company: of.company,
  address1: of.address1,
  address2: of.address2,
  city: of.city,
  zip: of.zip,
  province: of.province,
  provinceCode: of.province_code,
  country: of.country,
  countryCodeV2: of.country_code,
  phone: of.phone,
})
