import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { HubError } from '#core/errors/hub-error.ts'
import { decodeText, type Encoding } from './text.ts'

export interface XmlOptions {
  /** Paths (`Order.Lines.Line`) that are lists even where only one stands there. */
  lists?: readonly string[]
  /** Where the document does not carry a byte order mark. */
  encoding?: Encoding
}

const MOST_DEPTH = 100

/**
 * XML to plain objects: elements by name without prefix, attributes with `@`, the text beside them as `#text`, every value
 * as text. A document type is refused: no entity but XML's own five and character references is ever expanded.
 */
export function decodeXml(bytes: Uint8Array, { lists = [], encoding }: XmlOptions = {}): unknown {
  const text = decodeText(bytes, encoding)
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw unreadable('The document brings a document type of its own.')
  const valid = XMLValidator.validate(text)
  if (valid !== true) throw unreadable(`Line ${valid.err.line}: ${valid.err.code}.`)
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    maxNestedTags: MOST_DEPTH,
    // Character references come with these; none of them can grow, so their number is bounded by the document.
    htmlEntities: true,
    processEntities: { enabled: true, maxTotalExpansions: text.length, maxExpandedLength: 10 * text.length },
    isArray: (_name, path) => lists.includes(String(path)),
  })
  try {
    return parser.parse(text)
  } catch (cause) {
    throw unreadable('The document cannot be read.', cause)
  }
}

const unreadable = (detail: string, cause?: unknown): HubError =>
  new HubError('BODY_UNREADABLE', { detail: `The body is not acceptable XML. ${detail}`, cause })
