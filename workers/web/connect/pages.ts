import { readFileSync } from 'node:fs'
import type { HubError } from '#core/errors/hub-error.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/** The dashboard's own colours, and the little that these pages add. */
export const PAGE_CSS = [
  read('../dashboard/src/styles/tokens.css'),
  read('../dashboard/src/styles/base.css'),
  read('page.css'),
].join('\n')

interface Told {
  tone: 'ok' | 'warn' | 'bad'
  title: string
  sentences: readonly string[]
  link?: { href: string; text: string }
}

export const connectedPage = (name: string, connection?: string): string =>
  page({
    tone: 'ok',
    title: `${name} is connected`,
    sentences: [
      connection ? `The connection “${connection}” is ready.` : 'The keys have arrived.',
      'Crossdock now sets up what it needs there and begins to read. You can close this window.',
    ],
    link: { href: '/', text: 'See its health' },
  })

export const notYetPage = (name: string): string =>
  page({
    tone: 'warn',
    title: `${name} is not connected yet`,
    sentences: [
      'Its keys have not arrived. If you agreed, wait a few seconds and reload this page.',
      'If they do not come, the store could not reach this hub: look whether its address is public, then begin again.',
    ],
  })

/** What went wrong, and what to do. Details of failures that the hub does not know stay in the log. */
export function failedPage(name: string, error: HubError): string {
  if (error.code === 'NOT_SIGNED_IN')
    return page({
      tone: 'warn',
      title: 'Please sign in first',
      sentences: ['Sign in to Crossdock, then open this address again.'],
      link: { href: '/', text: 'Sign in' },
    })
  const detail = error.code === 'UNEXPECTED' ? '' : error.detail
  return page({
    tone: 'bad',
    title: `${name} was not connected`,
    sentences: [error.publicMessage, detail, error.row.fix].filter(Boolean),
    link: { href: '/connect-a-store', text: 'Begin again' },
  })
}

const MARK = { ok: '✓', warn: '!', bad: '×' } as const

const page = ({ tone, title, sentences, link }: Told): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Crossdock</title>
<link rel="stylesheet" href="/connect/-/page.css">
</head>
<body class="connect">
<main>
<p class="mark ${tone}" aria-hidden="true">${MARK[tone]}</p>
<h1>${escaped(title)}</h1>
${sentences.map(sentence => `<p>${escaped(sentence)}</p>`).join('\n')}
${link ? `<p><a class="button primary" href="${link.href}">${escaped(link.text)}</a></p>` : ''}
</main>
</body>
</html>
`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, char => ENTITIES[char] ?? char)
