import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  type RecordedExchange,
  type RecordedMessage,
  recording,
  scrubbedExchange,
  scrubbedMessage,
} from '#connectors/sdk/testkit/recorder/record.ts'
import { createScrubber, type Scrubber } from '#connectors/sdk/testkit/recorder/scrub.ts'
import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Feed, RawMessage } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Base } from '../../compose/base.ts'
import type { Run } from '../command.ts'
import { plural } from '../text/facts.ts'

interface Given {
  feed?: Feed
  webhook?: string
  count: number
  out: string
}

/** What is written: a live exchange without secrets, with invented people in it. */
interface Fixture {
  connector: string
  messages: RecordedMessage[]
  exchanges: RecordedExchange[]
}

/** Turns what a connection gives, or what it sent, into a fixture. Neither cursor nor inbox changes. */
export const record: Run = async ({ args: [id = ''], options, hub }) => {
  const given = { ...(options as unknown as Given), count: Number(options['count']) }
  if ((given.feed === undefined) === (given.webhook === undefined))
    throw new HubError('INPUT_INVALID', { detail: 'Give either --feed or --webhook.' })
  const base = await hub.base()
  const connection = await base.directory.get(id)
  if (!connection) throw new HubError('NOT_FOUND', { detail: `Connection “${id}”.` })
  const scrubber = createScrubber([...Object.values(connection.secrets).flat(), ...accountWords(connection)])
  const fixture =
    given.feed === undefined
      ? await arrived(base, connection, { given, scrubber })
      : await polled(base, connection, { given, scrubber })
  mkdirSync(dirname(given.out), { recursive: true })
  writeFileSync(given.out, `${JSON.stringify(fixture, null, 2)}\n`)
  return {
    json: { file: given.out, messages: fixture.messages.length, exchanges: fixture.exchanges.length },
    text: told(given.out, fixture),
  }
}

/** Names of the account, which occur in addresses and links: `acme` of acme.myshopify.com. */
const accountWords = ({ settings }: LiveConnection): string[] =>
  Object.values(settings).flatMap(value =>
    typeof value === 'string' && /[./]/.test(value)
      ? [value.replace(/^https?:\/\//, '').replace(/\/+$/, '')]
      : [],
  )

interface Recording {
  given: Given
  scrubber: Scrubber
}

async function polled(
  base: Base,
  connection: LiveConnection,
  { given, scrubber }: Recording,
): Promise<Fixture> {
  const connector = base.connectors.get(connection.connector)
  const feed = given.feed!
  if (!connector?.poll || !connector.manifest.polls?.[feed])
    throw new HubError('INPUT_INVALID', { detail: `${connection.connector} does not poll ${feed}.` })
  const context = base.contextFor(connection, new AbortController().signal)
  const { http, exchanges } = recording(context.http)
  const messages: RawMessage[] = []
  for await (const page of connector.poll(feed, null, { ...context, http })) {
    messages.push(...page.messages)
    // The first page is enough, and `done` is never called: the partner keeps what it has.
    if (messages.length >= given.count) break
  }
  return {
    connector: connection.connector,
    messages: messages.slice(0, given.count).map(message => scrubbedMessage(message, scrubber)),
    exchanges: exchanges.slice(0, given.count).map(exchange => scrubbedExchange(exchange, scrubber)),
  }
}

async function arrived(
  base: Base,
  connection: LiveConnection,
  { given, scrubber }: Recording,
): Promise<Fixture> {
  const filter = { connection: connection.id, topic: given.webhook! }
  const { items } = await base.store.messages.list(filter, { limit: given.count })
  const found = await Promise.all(items.map(({ id }) => base.store.messages.get(id)))
  const messages = found.filter(message => message !== null)
  if (messages.length === 0)
    throw new HubError('NOT_FOUND', { detail: `A message of the topic “${given.webhook}”.` })
  return {
    connector: connection.connector,
    messages: messages.map(message => scrubbedMessage(message, scrubber)),
    exchanges: [],
  }
}

function told(file: string, { messages, exchanges }: Fixture): string {
  const counts = `${file}: ${plural(messages.length, 'message')}, ${plural(exchanges.length, 'exchange')}.`
  const unread = messages.some(message => message.unread)
    ? ' A body is no JSON: only addresses and secrets by their form were found in it.'
    : ''
  return `${counts} Secrets are out and people are invented; read it through before you keep it.${unread}`
}
