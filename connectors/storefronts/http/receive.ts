import { type Receive, receiveBy, type WebhookDeclaration } from '../../sdk/index.ts'
import { type Settings, settingsOf, type WebhooksSetting } from './settings.ts'
import { schemeOf } from './signature.ts'

/** As the settings declare it. */
export const receive: Receive = (request, connection, context) => {
  const receiver = receiverOf(settingsOf(connection))
  if (!receiver)
    return {
      ok: false,
      status: 404,
      code: 'REQUEST_INVALID',
      detail: 'This connection declares no webhooks.',
    }
  return receiver(request, connection, context)
}

/** One per settings, for as long as they live. */
const receivers = new WeakMap<Settings, Receive>()

function receiverOf(settings: Settings): Receive | null {
  if (!settings.webhooks) return null
  const receiver = receivers.get(settings) ?? receiveBy(declarationOf(settings.webhooks))
  receivers.set(settings, receiver)
  return receiver
}

function declarationOf(webhooks: WebhooksSetting): WebhookDeclaration {
  const { signature, topic, dedupeKey = [], eventAt, keepHeaders = [], ignore = [] } = webhooks
  return {
    signature: schemeOf(signature),
    topic: 'fixed' in topic ? () => topic.fixed : topic,
    dedupeKey,
    ...(eventAt ? { eventAt } : {}),
    keepHeaders: keepHeaders.map(name => name.toLowerCase()),
    ignoreTopics: ignore,
  }
}
