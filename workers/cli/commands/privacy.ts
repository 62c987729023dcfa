import { collect } from '#core/accounts/privacy/collect.ts'
import { type Copy, copiesOf } from '#core/accounts/privacy/copies.ts'
import { countedBy, type ErasureReport } from '#core/accounts/privacy/erase.ts'
import { gathered } from '#core/accounts/privacy/erase-trail.ts'
import { type OpenRequest, openRequests } from '#core/accounts/privacy/open-requests.ts'
import type { Whom } from '#core/accounts/privacy/whom.ts'
import { sleep } from '#core/kernel/clock.ts'
import type { Base } from '../../compose/base.ts'
import type { Answer, Run } from '../command.ts'
import { confirmed } from '../confirmed.ts'
import { CLI } from '../hub-access.ts'
import { plural } from '../text/facts.ts'
import { type Column, table } from '../text/table.ts'
import { type WhomOptions, whomOf } from '../whom.ts'

export const list: Run = async ({ options, hub, world }) => {
  const { store } = await hub.base()
  const items = await openRequests(store, options as { connection?: string; tenant?: string })
  const columns = [
    { title: 'REQUEST', of: (one: OpenRequest) => one.request },
    { title: 'FROM', of: (one: OpenRequest) => one.connection },
    { title: 'TOPIC', of: (one: OpenRequest) => one.topic },
    { title: 'LAST DAY', of: (one: OpenRequest) => one.due ?? '' },
    { title: 'WHAT', of: (one: OpenRequest) => one.summary },
  ]
  return answerOf(items, { columns, empty: 'Nobody waits for anything.', width: world.width })
}

/** An admin's: the command line is one, and the API has no such route. */
export const exportPerson: Run = async ({ options, hub }) => {
  const base = await hub.base()
  const whom = await whomOf(base, options as WhomOptions)
  const collected = await collect(base.store, whom)
  const { documents, messages } = collected
  await base.record(CLI, {
    action: 'privacy.exported',
    subject: (options as WhomOptions).request ?? whom.connection,
    detail: { connection: whom.connection, documents: documents.length, messages: messages.length },
  })
  const json = { connection: whom.connection, ...whom.person, ...collected }
  return { json, text: JSON.stringify(json, null, 2) }
}

export const erase: Run = async call => {
  const base = await call.hub.base()
  const whom = await whomOf(base, call.options as WhomOptions)
  const who = whom.person ? 'this person' : 'everybody'
  await confirmed(call, `Erase ${who} of ${whom.connection} from all that the hub keeps, for good?`)
  const by = (call.options as WhomOptions).request ?? `act_${base.newId()}`
  call.world.progress?.('Waiting for who was at work on it, at most the length of a lease.')
  const report = await eraseNow(base, whom, by)
  call.world.progress?.('')
  const { documents, messages, copies } = report
  const text = `${plural(documents, 'document')} and ${plural(messages, 'message')} erased.`
  return {
    json: { request: by, documents, messages, copies },
    text: copies.length === 0 ? text : `${text} Other systems have copies:\n${copiesText(report)}`,
  }
}

export const copies: Run = async ({ args: [by = ''], hub, world }) => {
  const { store } = await hub.base()
  const items = await gathered(copiesOf(store, by))
  const columns = [
    { title: 'AT', of: (copy: Copy) => copy.connection },
    { title: 'ID THERE', of: (copy: Copy) => copy.externalId },
    { title: 'DOCUMENT', of: (copy: Copy) => copy.document },
  ]
  return answerOf(items, { columns, empty: 'No other system has a copy.', width: world.width })
}

function answerOf<Item>(
  items: readonly Item[],
  { columns, empty, width }: { columns: Column<Item>[]; empty: string; width: number },
): Answer {
  return {
    json: { items, next: null, total: items.length },
    text: items.length === 0 ? empty : table(items, columns, width),
  }
}

/** Until all is done: who was at work on something when it began is waited for. */
async function eraseNow(base: Base, whom: Whom, by: string): Promise<ErasureReport> {
  const at = base.clock.now()
  for (;;) {
    const outcome = await base.erase({ whom, by, at, actor: CLI, goOn: () => true })
    if (outcome.next === 'done') {
      await base.store.erasure.scrub()
      return outcome.report
    }
    await sleep(base.clock, Math.max(0, outcome.nextAt - base.clock.now()))
  }
}

const copiesText = ({ copies: all }: ErasureReport): string =>
  Object.entries(countedBy(all))
    .map(([connection, count]) => `${connection}: ${plural(count, 'record')}`)
    .join('\n')
