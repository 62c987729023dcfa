import type { Doc } from '../api.ts'

/** What an exception of Frappe says of itself; nearly all have the status 417. */
export class Thrown extends Error {
  readonly type: string
  readonly status: number

  constructor(type: string, message: string, status = 417) {
    super(message)
    this.type = type
    this.status = status
  }
}

export type StoredDoc = Doc & { creation: string; modified: string; writes: number }

/** Writes that the site makes of a clock: with six digits, in its own zone. */
export type Stamp = (at?: number) => string

type Values = Record<string, unknown>

/** Children of a document get a name of their own. */
const CHILDREN = ['items', 'taxes']

const SUMMED = ['Sales Order', 'Sales Invoice', 'Delivery Note']

/** Documents by type with one unique field, drafts and submissions, and totals: what lies behind Frappe’s REST API. */
export class Site {
  readonly #docs = new Map<string, StoredDoc[]>()
  readonly #stamp: Stamp
  readonly keyField: string
  #last = 0

  constructor(stamp: Stamp, keyField: string) {
    this.#stamp = stamp
    this.keyField = keyField
  }

  of(doctype: string): StoredDoc[] {
    const known = this.#docs.get(doctype)
    if (known) return known
    const made: StoredDoc[] = []
    this.#docs.set(doctype, made)
    return made
  }

  find(doctype: string, name: string): StoredDoc {
    const doc = this.of(doctype).find(one => one.name === name)
    if (doc) return doc
    throw new Thrown('DoesNotExistError', `${doctype} ${name} not found`, 404)
  }

  insert(doctype: string, values: Values): StoredDoc {
    const name = String(
      values['name'] ?? `${doctype.replaceAll(/[^A-Z]/g, '')}-${String(++this.#last).padStart(5, '0')}`,
    )
    if (this.of(doctype).some(doc => doc.name === name))
      throw new Thrown('DuplicateEntryError', `${doctype} ${name} already exists`, 409)
    const now = this.#stamp()
    const doc = { docstatus: 0, ...values, name, creation: now, modified: now, writes: 1 } as StoredDoc
    this.#check(doctype, doc)
    if (doc.docstatus === 1) this.#deliver(doctype, doc, 1)
    this.of(doctype).push(doc)
    return doc
  }

  update(doctype: string, name: string, change: Values): StoredDoc {
    const doc = this.find(doctype, name)
    const { modified, ...values } = change
    if (modified !== undefined && modified !== doc.modified)
      throw new Thrown('TimestampMismatchError', 'Document has been modified after you have opened it.')
    const next = { ...doc, ...values } as StoredDoc
    assertTransition(doc, next, values)
    this.#check(doctype, next)
    if (doc.docstatus !== next.docstatus) this.#deliver(doctype, next, next.docstatus === 1 ? 1 : -1)
    Object.assign(doc, next, { modified: this.#stamp(), writes: doc.writes + 1 })
    return doc
  }

  remove(doctype: string, name: string): void {
    const doc = this.find(doctype, name)
    if (doc.docstatus === 1)
      throw new Thrown('ValidationError', 'Submitted Record cannot be deleted. You must cancel it first.')
    this.of(doctype).splice(this.of(doctype).indexOf(doc), 1)
  }

  #check(doctype: string, doc: StoredDoc): void {
    const key = doc[this.keyField]
    if (key && this.of(doctype).some(one => one.name !== doc.name && one[this.keyField] === key))
      throw new Thrown('UniqueValidationError', `${doctype}: ${this.keyField} must be unique`)
    for (const [field, linked] of LINKS)
      if (doc[field] && SUMMED.includes(doctype)) this.#linked(linked, String(doc[field]))
    for (const rows of CHILDREN) this.#name(doc, rows)
    if (!SUMMED.includes(doctype)) return
    const items = (doc['items'] ?? []) as Values[]
    if (items.length === 0) throw new Thrown('MandatoryError', `[${doctype}, ${doc.name}]: items`)
    for (const [index, row] of items.entries())
      this.#linked('Item', String(row['item_code']), `Row #${index + 1}: Item Code: `)
    doc['grand_total'] = totalOf(doc, items)
  }

  /** A submitted note is counted in the rows of its order, and a cancelled one no more. */
  #deliver(doctype: string, doc: StoredDoc, sign: 1 | -1): void {
    if (doctype !== 'Delivery Note' || doc['is_return']) return
    const ordered = this.of('Sales Order').flatMap(({ items }) => (items ?? []) as Values[])
    for (const { so_detail, qty } of (doc['items'] ?? []) as Values[]) {
      const row = ordered.find(({ name }) => name === so_detail)
      if (!row) continue
      const delivered = Number(row['delivered_qty'] ?? 0) + sign * Number(qty)
      if (delivered > Number(row['qty']))
        throw new Thrown(
          'OverAllowanceError',
          `This document is over limit by Qty for item ${row['item_code']}.`,
        )
      row['delivered_qty'] = delivered
    }
  }

  #linked(doctype: string, name: string, where = `${doctype}: `): void {
    if (!this.of(doctype).some(one => one.name === name))
      throw new Thrown('LinkValidationError', `Could not find ${where}<b>${name}</b>`)
  }

  #name(doc: StoredDoc, rows: string): void {
    if (Array.isArray(doc[rows]))
      doc[rows] = (doc[rows] as Values[]).map(row => ({
        name: `row${++this.#last}`,
        ...row,
        parent: doc.name,
      }))
  }
}

const LINKS = [
  ['customer', 'Customer'],
  ['shipping_address_name', 'Address'],
] as const

/** Rates and sums are rounded to the cent, as the site’s precision says. */
function totalOf(doc: Values, items: readonly Values[]): number {
  const cents = (amount: unknown): number => Math.round(Number(amount ?? 0) * 100)
  const net = items.reduce((sum, { qty, rate }) => sum + cents((cents(rate) / 100) * Number(qty)), 0)
  const taxes = ((doc['taxes'] ?? []) as Values[]).reduce((sum, row) => sum + cents(row['tax_amount']), 0)
  return (net - cents(doc['discount_amount']) + taxes) / 100
}

/** A submitted document can only be cancelled; a cancelled one is left alone. */
function assertTransition(before: StoredDoc, after: StoredDoc, values: Values): void {
  const [from, to] = [before.docstatus, after.docstatus]
  if (from === 2) throw new Thrown('ValidationError', 'Cannot edit cancelled document')
  if (from === 0 && to === 2)
    throw new Thrown('DocstatusTransitionError', 'Cannot change docstatus from 0 to 2')
  if (from === 1 && to === 0)
    throw new Thrown('DocstatusTransitionError', 'Cannot change docstatus from 1 to 0')
  if (from === 1 && to === 1 && Object.keys(values).length > 0)
    throw new Thrown('UpdateAfterSubmitError', 'Not allowed to change it after submission')
}
