import type { PolledPage } from '#core/contracts/connector.ts'
import { type Broken, each, fresh, polling } from './broken.ts'

/** Faults in polls. */
export const BROKEN_POLLS: readonly Broken[] = [
  {
    what: 'a last page that is full is forgotten',
    conformance: polling(async function* (pages) {
      let held: PolledPage | undefined
      let size: number | undefined
      for await (const page of pages) {
        if (held) yield held
        held = page
        size ??= page.messages.length
      }
      if (held && (held.messages.length !== size || size < 10)) yield held
    }),
    checks: ['a last page that is exactly full is the last'],
  },
  {
    what: 'the first page only',
    conformance: polling(async function* (pages) {
      for await (const page of pages) {
        yield page
        return
      }
    }),
    checks: [
      'all records of one page are read, and of three',
      'a list that changes while it is read loses nothing',
    ],
  },
  {
    what: 'pages for ever',
    conformance: polling(async function* () {
      for (;;) yield { messages: [], cursor: '' }
    }),
    checks: [
      'a list without changes ends and has a cursor to go on with',
      'a page that comes again and again ends with an error',
    ],
  },
  {
    what: 'records under another topic',
    conformance: polling(pages =>
      each(pages, page => ({
        ...page,
        messages: page.messages.map(message => ({ ...message, topic: 'orders/create' })),
      })),
    ),
    checks: ['a polled record becomes a document under its declared topic'],
  },
  {
    what: 'new keys in every run',
    conformance: polling(pages =>
      each(pages, page => ({
        ...page,
        messages: page.messages.map(message => ({
          ...message,
          dedupeKey: `${message.dedupeKey}|${fresh()}`,
        })),
      })),
    ),
    checks: [
      'a run that dies before its cursor is saved reads the same again, under the same keys',
      'a second run without changes brings nothing new',
    ],
  },
  {
    what: 'nothing after the first run',
    conformance: polling((pages, cursor) =>
      each(pages, page => (cursor === null ? page : { ...page, messages: [] })),
    ),
    checks: [
      'a run goes on where the page before it ended',
      'two records of one second are both read, though the second comes later',
      'a change after the run is in the next one, under a new key',
    ],
  },
]
