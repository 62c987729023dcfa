import { HubError } from '../../sdk/index.ts'

/** HTML 4’s names of the code points 160 to 255, in their order. */
const LATIN =
  `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute
micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave
Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml
Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth
ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml`.split(/\s+/)

/** Beside those: what WordPress makes of quotation marks, dashes and dots, and of what must not stand in HTML. */
const OTHERS = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" },
  ...{ ndash: '–', mdash: '—', hellip: '…', bull: '•', trade: '™', euro: '€', minus: '−' },
  ...{ lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„', lsaquo: '‹', rsaquo: '›' },
  ...{
    prime: '′',
    Prime: '″',
    OElig: 'Œ',
    oelig: 'œ',
    Scaron: 'Š',
    scaron: 'š',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
  },
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ...LATIN.map((name, index) => [name, String.fromCodePoint(160 + index)] as const),
  ...Object.entries(OTHERS),
])

const MOST = 0x10ffff

/** Text as the shop shows it. What is no entity stays: “Q&A; more” is a name. Once only: `&amp;lt;` is `&lt;`. */
export function plainText(html: string): string {
  if (!html.includes('&')) return html
  return html.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{2,8}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED.get(name) ?? whole
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    const character = point > 0 && point <= MOST && !(point >= 0xd800 && point <= 0xdfff)
    return character ? String.fromCodePoint(point) : whole
  })
}

/** Members that hold names which WordPress keeps as HTML; what buyers wrote is left as it is. */
const NAMES = new Set([
  ...['name', 'parent_name', 'method_title', 'payment_method_title', 'label'],
  ...['display_key', 'display_value', 'option', 'options'],
])

/** Deeper than any record; a deeper one would end the process. */
const MOST_DEPTH = 64

/** The record with its names as plain text, at any depth. */
export function plainNames(value: unknown, isName = false, depth = 0): unknown {
  if (typeof value === 'string') return isName ? plainText(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (depth > MOST_DEPTH)
    throw new HubError('BODY_UNREADABLE', { detail: 'The record is nested without end.' })
  if (Array.isArray(value)) return value.map(item => plainNames(item, isName, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, plainNames(member, NAMES.has(name), depth + 1)]),
  )
}
