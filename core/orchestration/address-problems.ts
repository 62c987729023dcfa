import type { Order } from '../documents/types.gen.ts'
import { needsShipping } from './shipped-units.ts'

type Address = NonNullable<Order['shippingAddress']>

/** Countries whose addresses have a postal code, after the address metadata of libaddressinput (`require`: Z). */
const WITH_POSTAL_CODE = codes(
  'AT AU BE BR CA CH CN CZ DE DK EE ES FI FR GB GR HU IN IT JP KR LT LU LV MX NL NO NZ PL PT RO RU SE SG SI SK TW UA US ZA',
)

/** The same for states and provinces (`require`: S), where parcels go astray without one. */
const WITH_PROVINCE = codes('AU BR CA IN JP MX US')

/** A city by itself. */
const WITHOUT_CITY = codes('GI HK JP MC MO SG')

/** Names of the members that a parcel needs and the shipping address lacks; empty for orders that nothing is shipped of. */
export function addressProblems(order: Order): string[] {
  if (!isShipped(order)) return []
  const address = order.shippingAddress
  if (!address) return ['shippingAddress']
  const country = address.country ?? ''
  const needed: [string, boolean, boolean][] = [
    ['name', hasName(address), true],
    ['line1', has(address.line1), true],
    ['city', has(address.city), !WITHOUT_CITY.has(country)],
    ['postalCode', has(address.postalCode), WITH_POSTAL_CODE.has(country)],
    ['province', has(address.provinceCode) || has(address.province), WITH_PROVINCE.has(country)],
    ['country', has(address.country), true],
  ]
  return needed.filter(([, given, isNeeded]) => isNeeded && !given).map(([name]) => name)
}

/** Collected, downloaded and served orders need no address. */
function isShipped({ lines, shippingLines = [] }: Order): boolean {
  const methods = shippingLines.filter(({ removed }) => !removed).map(({ method }) => method)
  if (methods.length > 0 && methods.every(method => method === 'pickup' || method === 'none')) return false
  return lines.some(needsShipping)
}

const hasName = ({ name, firstName, lastName, company }: Address): boolean =>
  [name, firstName, lastName, company].some(has)

const has = (text: string | undefined): boolean => (text ?? '').trim() !== ''

function codes(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
