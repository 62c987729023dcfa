import type { Reply } from '../../../sdk/testkit/serve-partner.ts'
import { totalsOf } from './amounts.ts'
import { type Books, emptyBooks, nextEtag, nextId, type SimulatedDocument } from './books.ts'
import {
  addLine,
  changeLine,
  checkedHeader,
  type Fields,
  newDocument,
  removeLine,
  touchDocument,
} from './documents.ts'
import { shipAndInvoice } from './posting.ts'
import { Refused, refusal } from './refusal.ts'

/** Of one `$batch`. https://learn.microsoft.com/en-us/dynamics365/business-central/dev-itpro/webservices/web-services-limits */
const MOST_OPERATIONS = 100

export interface Write {
  method: string
  /** Below the company: `salesOrders(id)/salesOrderLines`. */
  path: string
  ifMatch: string | undefined
  body: Fields
}

const DOCUMENTS = {
  salesOrders: { book: 'orders', lines: 'salesOrderLines', prefix: 'S-ORD' },
  salesCreditMemos: { book: 'memos', lines: 'salesCreditMemoLines', prefix: 'S-CR' },
} as const

type DocumentSet = keyof typeof DOCUMENTS

/** What the API shows of a document. */
export const shown = (set: DocumentSet, { writes: _, lines, ...header }: SimulatedDocument) => ({
  ...header,
  ...totalsOf(lines),
  [DOCUMENTS[set].lines]: lines,
})

/** One company: what is written is kept as a whole or not at all. */
export class SimulatedCompany {
  books: Books = emptyBooks()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  stamp(at = this.#now()) {
    return { books: this.books, now: new Date(at).toISOString() }
  }

  /** A write that fails leaves the books as they were. */
  write(write: Write): Reply {
    const before = structuredClone(this.books)
    try {
      return this.#apply(write)
    } catch (thrown) {
      this.books = before
      if (thrown instanceof Refused) return thrown.reply
      throw thrown
    }
  }

  /** With `Isolation: snapshot` the first refusal takes everything back; without it, what came before stays. */
  batch(writes: readonly (Write & { id: string })[], isolation?: string): Reply {
    if (writes.length > MOST_OPERATIONS)
      return refusal(
        'Unknown',
        `The current batch message contains too many parts. A maximum number of '${MOST_OPERATIONS}' query operations and change sets are allowed in a batch message.`,
      )
    const before = structuredClone(this.books)
    const responses: object[] = []
    for (const { id, ...write } of writes) {
      const { status, body } = this.write(write)
      responses.push({ id, status, headers: {}, ...(body === undefined ? {} : { body }) })
      if (status >= 300) {
        if (isolation === 'snapshot') this.books = before
        break
      }
    }
    return { status: 200, body: { responses } }
  }

  #apply({ method, path, ifMatch, body }: Write): Reply {
    const [, set = '', id, below] = /^(\w+)(?:\(([\w-]+)\))?(?:\/(.+))?$/.exec(path) ?? []
    if (set === 'customers') return this.#customer(method, id, { ifMatch, body })
    if (set === 'salesOrderLines' || set === 'salesCreditMemoLines')
      return this.#line(method, id, { ifMatch, body })
    if (!(set in DOCUMENTS)) return refusal('BadRequest_ResourceNotFound', `No segment '${set}'.`, 404)
    const kind = set as DocumentSet
    if (!id) return this.#insert(kind, body)
    const document = this.books[DOCUMENTS[kind].book].find(one => one.id === id)
    if (!document) return refusal('Internal_RecordNotFound', 'The sales document does not exist.', 404)
    if (below) return this.#below(kind, document, { below, body })
    requireMatch(ifMatch, document['@odata.etag'])
    if (method === 'DELETE') {
      if (document.lines.some(({ shippedQuantity }) => shippedQuantity > 0))
        throw new Refused(
          'Application_DialogException',
          'You cannot delete the order: it is shipped in part.',
        )
      const book = DOCUMENTS[kind].book
      this.books[book] = this.books[book].filter(one => one.id !== id)
      return { status: 204 }
    }
    Object.assign(document, checkedHeader(body))
    touchDocument(this.stamp(), document)
    return { status: 200, body: shown(kind, document) }
  }

  #insert(kind: DocumentSet, body: Fields): Reply {
    const { book, lines: name, prefix } = DOCUMENTS[kind]
    const { [name]: lines = [], ...header } = body
    const made = newDocument(this.stamp(), header, { prefix, lines: lines as Fields[] })
    this.books[book].push(made)
    // The answer shows the header of before the lines.
    return { status: 201, body: { ...shown(kind, { ...made, lines: [] }), [name]: undefined } }
  }

  #below(
    kind: DocumentSet,
    document: SimulatedDocument,
    { below, body }: { below: string; body: Fields },
  ): Reply {
    if (below === DOCUMENTS[kind].lines) {
      const line = addLine(this.stamp(), document, body)
      touchDocument(this.stamp(), document)
      return { status: 201, body: line }
    }
    if (kind === 'salesOrders' && below === 'Microsoft.NAV.shipAndInvoice') {
      shipAndInvoice(this.stamp(), document)
      return { status: 204 }
    }
    return refusal('BadRequest_ResourceNotFound', `No segment '${below}'.`, 404)
  }

  #line(method: string, id: string | undefined, { ifMatch, body }: Pick<Write, 'ifMatch' | 'body'>): Reply {
    const document = [...this.books.orders, ...this.books.memos].find(({ lines }) =>
      lines.some(one => one.id === id),
    )
    if (!document || !id) return refusal('Internal_RecordNotFound', 'The line does not exist.', 404)
    requireMatch(ifMatch, document.lines.find(one => one.id === id)!['@odata.etag'])
    if (method === 'DELETE') removeLine(document, id)
    else changeLine(this.books, document, id, body)
    touchDocument(this.stamp(), document)
    return { status: method === 'DELETE' ? 204 : 200 }
  }

  #customer(
    method: string,
    id: string | undefined,
    { ifMatch, body }: Pick<Write, 'ifMatch' | 'body'>,
  ): Reply {
    if (method === 'POST') {
      const made = {
        ...body,
        '@odata.etag': nextEtag(this.books),
        id: nextId(this.books),
        number: `C${10_000 + this.books.sequence}`,
        email: String(body['email'] ?? ''),
        blocked: ' ',
      }
      this.books.customers.push(made)
      return { status: 201, body: made }
    }
    const known = this.books.customers.find(one => one.id === id)
    if (!known) return refusal('Internal_RecordNotFound', 'The Customer does not exist.', 404)
    requireMatch(ifMatch, known['@odata.etag'])
    this.books.customers = this.books.customers.filter(one => one !== known)
    return { status: 204 }
  }
}

function requireMatch(ifMatch: string | undefined, etag: string): void {
  if (ifMatch === undefined)
    throw new Refused(
      'BadRequest_InvalidToken',
      'Could not validate the client concurrency token required by the service.',
    )
  if (ifMatch !== '*' && ifMatch !== etag)
    throw new Refused('Request_EntityChanged', 'Another user has already changed the record.', 409)
}
