import { createHash } from 'node:crypto'
import type { Connector, RawRequest, Received } from '#core/contracts/connector.ts'
import { verifySignature } from '#core/inbox/signatures/verify.ts'
import { epochMs } from '../epoch.ts'
import type { Part, WebhookDeclaration, WebhookView } from './declaration.ts'
import { textOf, webhookView } from './webhook-view.ts'

export type Receive = NonNullable<Connector['receive']>

/**
 * A `receive` from a declaration: verifies the raw bytes, then reads topic, dedupe key and time from where they stand.
 * The body is parsed only where a part points into it. Throws at definition when nothing would prove the sender.
 */
export function receiveBy(declaration: WebhookDeclaration): Receive {
  const { signature, secret = 'webhookSecret' } = declaration
  if (signature.kind === 'none')
    throw new Error('A webhook needs a signature scheme: an HTTP address is open to everybody.')
  if (signature.kind === 'ecdsa' && !declaration.fetchKey)
    throw new Error('The scheme `ecdsa` needs `fetchKey`.')

  return (request, connection, context) => {
    const verdict = verifySignature(signature, request, connection.secrets[secret] ?? [], {
      now: request.receivedAt,
      fetchKey: declaration.fetchKey?.(context),
    })
    const read = (verified: Awaited<typeof verdict>): Received =>
      verified.ok
        ? receiveVerified(declaration, webhookView(request, connection))
        : { ok: false, status: 401, code: verified.code, detail: verified.detail }
    return verdict instanceof Promise ? verdict.then(read) : read(verdict)
  }
}

function receiveVerified(declaration: WebhookDeclaration, view: WebhookView): Received {
  const foreign = declaration.check?.(view)
  if (foreign) return refused(401, foreign)
  if (declaration.ignore?.(view)) return { ok: true, messages: [] }
  const topic =
    typeof declaration.topic === 'function' ? declaration.topic(view) : textOf(declaration.topic, view)
  if (!topic) return refused(400, `${placeOf(declaration.topic)} names no topic.`)
  if (declaration.ignoreTopics?.includes(topic)) return { ok: true, messages: [] }
  const eventAt = timeOf(declaration.eventAt, view)
  const message = {
    topic,
    dedupeKey: [topic, ...identity(declaration.dedupeKey, view)].join('|'),
    headers: kept(view.request.headers, declaration.keepHeaders ?? []),
    body: view.request.body,
  }
  return { ok: true, messages: [eventAt === undefined ? message : { ...message, eventAt }] }
}

function identity(parts: readonly Part[], view: WebhookView): string[] {
  const texts = parts.map(part => textOf(part, view))
  const whole = texts.length > 0 && texts.every(text => text !== undefined)
  return whole ? (texts as string[]) : [createHash('sha256').update(view.request.body).digest('hex')]
}

function timeOf(eventAt: WebhookDeclaration['eventAt'], view: WebhookView): number | undefined {
  if (!eventAt) return undefined
  return typeof eventAt === 'function' ? eventAt(view) : epochMs(textOf(eventAt, view))
}

function kept(headers: RawRequest['headers'], names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of ['content-type', ...names]) {
    const value = headers[name]
    if (value !== undefined) found[name] = value
  }
  return found
}

function placeOf(topic: WebhookDeclaration['topic']): string {
  if (typeof topic === 'function') return 'The request'
  if ('header' in topic) return `The header \`${topic.header}\``
  return 'pointer' in topic ? `\`${topic.pointer}\` of the body` : `The parameter \`${topic.query}\``
}

const refused = (status: number, detail: string): Received => ({
  ok: false,
  status,
  code: 'REQUEST_INVALID',
  detail,
})
