import { type ErpRecord, ErpRecords } from './records.ts'

export interface ErpCall {
  method: string
  resource: string
  /** Second segment of the path. */
  id: string | null
  /** Of the query. */
  key: string | null
  idempotencyKey: string | undefined
  /** The body as received. */
  text: string
}

export interface ErpAnswer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

export interface ErpRules {
  /** A repeated idempotency key with another body: answer from memory, or refuse with 422 as the IETF draft says. */
  payloadMismatch: 'replay' | '422'
  /** POST of a key that exists: 409 with its id. Without it the ERP makes a second record, as naive ones do. */
  uniqueKeys: boolean
}

interface Remembered {
  text: string
  answer: ErpAnswer
}

/** The ERP itself, without a network: every call is answered at once from what is stored. */
export class ErpModel {
  readonly #rules: ErpRules
  readonly #resources = new Map<string, ErpRecords>()
  readonly #remembered = new Map<string, Remembered>()

  constructor(rules: ErpRules) {
    this.#rules = rules
  }

  resources(): ReadonlyMap<string, ErpRecords> {
    return this.#resources
  }

  of(resource: string): ErpRecords {
    const known = this.#resources.get(resource)
    if (known) return known
    const records = new ErpRecords()
    this.#resources.set(resource, records)
    return records
  }

  answer(call: ErpCall): ErpAnswer {
    if (call.method === 'GET') return this.#read(call)
    if (call.method === 'POST' && call.id === null) return this.#post(call)
    if (call.method === 'PUT' && call.id !== null) return this.#put(call, call.id)
    return { status: 405, body: { message: 'This address does not take that method.' } }
  }

  #read({ resource, id, key }: ErpCall): ErpAnswer {
    const records = this.of(resource)
    if (id === null)
      return { status: 200, body: { items: (key === null ? records.all() : records.byKey(key)).map(shown) } }
    const record = records.byId(id)
    return record ? { status: 200, body: shown(record) } : NOT_THERE
  }

  #post(call: ErpCall): ErpAnswer {
    if (call.idempotencyKey === undefined) return this.#create(call)
    const name = `${call.resource}\n${call.idempotencyKey}`
    const known = this.#remembered.get(name)
    if (!known) {
      const answer = this.#create(call)
      if (answer.status < 300) this.#remembered.set(name, { text: call.text, answer })
      return answer
    }
    if (known.text !== call.text && this.#rules.payloadMismatch === '422')
      return { status: 422, body: { title: 'The key was used with another payload.' } }
    return known.answer
  }

  #create({ resource, text }: ErpCall): ErpAnswer {
    const body = parse(text)
    if (!body) return UNREADABLE
    const records = this.of(resource)
    const existing = this.#rules.uniqueKeys ? records.byKey(String(body['key']))[0] : undefined
    if (existing) return { status: 409, body: { id: existing.id, message: 'The key exists.' } }
    return { status: 201, body: shown(records.create(resource, body)) }
  }

  /** The id of a record, or its key: the latter makes the record if there is none. */
  #put({ resource, text }: ErpCall, id: string): ErpAnswer {
    const body = parse(text)
    if (!body) return UNREADABLE
    const records = this.of(resource)
    const record = records.byId(id) ?? records.byKey(id)[0]
    if (record) return { status: 200, body: shown(records.update(record, body)) }
    return body['key'] === id ? { status: 201, body: shown(records.create(resource, body)) } : NOT_THERE
  }
}

const NOT_THERE: ErpAnswer = { status: 404, body: { message: 'There is no such record.' } }
const UNREADABLE: ErpAnswer = { status: 400, body: { message: 'The body is not a JSON object.' } }

const shown = ({ id, key, revision }: ErpRecord) => ({ id, key, revision })

function parse(text: string): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
