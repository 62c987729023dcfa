import type { MessageFilter } from '#core/contracts/store.ts'
import { maskPersonal } from '#core/deadletter/mask.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { messageFacts, messageView } from '../../web/api/views/message-view.ts'
import type { Run } from '../command.ts'
import { CLI } from '../hub-access.ts'
import { ago } from '../text/ago.ts'
import { attemptsText } from '../text/attempts-text.ts'
import { blocks, facts, indented } from '../text/facts.ts'
import { payloadText } from '../text/letter-text.ts'
import { pageAnswer, pageOptions } from '../text/page.ts'

export const list: Run = async ({ options, hub, world }) => {
  const { store } = await hub.base()
  const { filter, page } = pageOptions<MessageFilter>(options)
  const now = world.now()
  return pageAnswer({
    page: await store.messages.list(filter, page),
    view: messageFacts,
    columns: [
      { title: 'MESSAGE', of: message => message.id },
      { title: 'FROM', of: message => message.connection },
      { title: 'TOPIC', of: message => message.topic },
      { title: 'VIA', of: message => message.via },
      { title: 'STATE', of: message => message.state },
      { title: 'RECEIVED', of: message => ago(message.receivedAt, now) },
      { title: 'REASON', of: message => message.reason },
    ],
    width: world.width,
    empty: 'No message.',
  })
}

export const show: Run = async ({ args: [id = ''], hub, world }) => {
  const { store } = await hub.base()
  const message = await store.messages.get(id)
  if (!message) throw new HubError('NOT_FOUND', { detail: `Message “${id}”.` })
  const view = messageView(message, CLI, maskPersonal)
  const now = world.now()
  return {
    json: view,
    text: blocks(
      facts({
        message: id,
        connection: message.connection,
        topic: message.topic,
        via: message.via,
        state: message.reason ? `${message.state}: ${message.reason}` : message.state,
        received: ago(message.receivedAt, now),
        documents: message.documents.join(', '),
        edited: message.edited && `by ${message.edited.by}, ${ago(message.edited.at, now)}`,
      }),
      attemptsText(message.attempts, now),
      `payload (${view.payload.bytes} bytes)\n${indented(payloadText(view.payload))}`,
    ),
  }
}

export const replay: Run = async ({ args: [id = ''], hub }) => {
  const { operations } = await hub.base()
  const result = await operations.replaySubject('message', id, CLI)
  return { json: { id, result }, text: `Message ${id}: ${result}.` }
}
