import { addMoney, divideMoney, multiplyMoney, normalizeMoney, subtractMoney } from '../../kernel/money.ts'
import { type HubFunction, wrongType } from './hub-function.ts'

type Amount = string | number

const isAmount = (value: unknown): value is Amount => typeof value === 'string' || typeof value === 'number'

const absent = (value: unknown): value is null | undefined => value === undefined || value === null

function amountOf(name: string, value: unknown): Amount {
  if (isAmount(value)) return value
  throw wrongType(name, 'an amount as text or number', value)
}

function currencyOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw wrongType(name, 'a currency code', value)
}

function money(amount: unknown, currency: unknown): string | undefined {
  if (absent(amount)) return undefined
  return normalizeMoney(amountOf('money', amount), currencyOf('money', currency))
}

const NONE: readonly Amount[] = []

/** An amount that is absent counts as none: sums are over lists in which partners leave fields out. */
function moneySum(amounts: unknown, currency: unknown): string {
  if (absent(amounts)) return addMoney(NONE, currencyOf('moneySum', currency))
  if (isAmount(amounts)) return normalizeMoney(amounts, currencyOf('moneySum', currency))
  const list: unknown[] = Array.isArray(amounts) ? amounts : [amounts]
  const present = list.every(isAmount)
    ? list
    : list.filter(amount => !absent(amount)).map(amount => amountOf('moneySum', amount))
  return addMoney(present, currencyOf('moneySum', currency))
}

function moneySubtract(from: unknown, amount: unknown, currency: unknown): string | undefined {
  if (absent(from) || absent(amount)) return undefined
  return subtractMoney(
    amountOf('moneySubtract', from),
    amountOf('moneySubtract', amount),
    currencyOf('moneySubtract', currency),
  )
}

function moneyMultiply(amount: unknown, quantity: unknown, currency: unknown): string | undefined {
  if (absent(amount) || absent(quantity)) return undefined
  if (typeof quantity !== 'number') throw wrongType('moneyMultiply', 'a number as quantity', quantity)
  return multiplyMoney(amountOf('moneyMultiply', amount), quantity, currencyOf('moneyMultiply', currency))
}

/** Nothing to divide among is no answer: the caller says with `?:` what then holds. */
function moneyDivide(amount: unknown, quantity: unknown, currency: unknown): string | undefined {
  if (absent(amount) || absent(quantity) || quantity === 0) return undefined
  if (typeof quantity !== 'number') throw wrongType('moneyDivide', 'a number as quantity', quantity)
  return divideMoney(amountOf('moneyDivide', amount), quantity, currencyOf('moneyDivide', currency))
}

export const MONEY_FUNCTIONS: readonly HubFunction[] = [
  {
    name: 'money',
    signature: '$money(amount, currency)',
    doc: 'The amount as a decimal text in the form of its currency, exact; absent for an absent amount.',
    examples: [
      { call: '$money("12", "USD")', result: '12.00' },
      { call: '$money(12.5, "USD")', result: '12.50' },
      { call: '$money("100.00", "JPY")', result: '100' },
      { call: '$money("0.125", "USD")', result: '0.125' },
      { call: '$money(null, "USD")', result: undefined },
      { call: '$money("1", "XYZ")', error: 'CURRENCY_UNKNOWN' },
      { call: '$money("1,50", "EUR")', error: 'MAPPING_TYPE' },
    ],
    required: 2,
    arity: 2,
    run: money,
  },
  {
    name: 'moneySum',
    signature: '$moneySum(amounts, currency)',
    doc: 'The exact sum of a list of amounts; zero for none.',
    examples: [
      { call: '$moneySum(["0.10", "0.20"], "EUR")', result: '0.30' },
      { call: '$moneySum([], "EUR")', result: '0.00' },
      { call: '$moneySum(nothing, "JPY")', result: '0' },
    ],
    required: 2,
    arity: 2,
    run: moneySum,
  },
  {
    name: 'moneySubtract',
    signature: '$moneySubtract(from, amount, currency)',
    doc: 'The exact difference; absent if one side is.',
    examples: [
      { call: '$moneySubtract("10.00", "0.01", "EUR")', result: '9.99' },
      { call: '$moneySubtract("10.00", nothing, "EUR")', result: undefined },
    ],
    required: 3,
    arity: 3,
    run: moneySubtract,
  },
  {
    name: 'moneyMultiply',
    signature: '$moneyMultiply(amount, quantity, currency)',
    doc: 'The exact product with a whole quantity; absent if one side is.',
    examples: [
      { call: '$moneyMultiply("19.99", 3, "EUR")', result: '59.97' },
      { call: '$moneyMultiply("19.99", 1.5, "EUR")', error: 'MAPPING_TYPE' },
    ],
    required: 3,
    arity: 3,
    run: moneyMultiply,
  },
  {
    name: 'moneyDivide',
    signature: '$moneyDivide(amount, quantity, currency)',
    doc: 'One of so many equal parts, to the ninth decimal where it does not divide; absent for an absent side or none.',
    examples: [
      { call: '$moneyDivide("59.97", 3, "EUR")', result: '19.99' },
      { call: '$moneyDivide("10.00", 3, "USD")', result: '3.333333333' },
      { call: '$moneyDivide("-20.00", 3, "USD")', result: '-6.666666667' },
      { call: '$moneyDivide("10.00", 0, "USD")', result: undefined },
      { call: '$moneyDivide("10.00", 1.5, "USD")', error: 'MAPPING_TYPE' },
    ],
    required: 3,
    arity: 3,
    run: moneyDivide,
  },
]
