import type { Cause, DeadLetterFilter } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Base } from '../../compose/base.ts'
import { instantOf } from '../../web/api/times.ts'
import { causeView, deadLetterView } from '../../web/api/views/dead-letter-view.ts'
import type { Run } from '../command.ts'
import { confirmed } from '../confirmed.ts'
import { CLI } from '../hub-access.ts'
import { ago } from '../text/ago.ts'
import { blocks, facts, plural } from '../text/facts.ts'
import { letterColumns } from '../text/letter-columns.ts'
import { pageAnswer, pageOptions } from '../text/page.ts'
import { table } from '../text/table.ts'

export const list: Run = async ({ options, hub, world }) => {
  const { store } = await hub.base()
  const { filter, page } = pageOptions<DeadLetterFilter>(options)
  const now = world.now()
  return pageAnswer({
    page: await store.deadLetters.causes(filter, page),
    view: causeView,
    columns: [
      { title: 'CAUSE', of: cause => cause.cause },
      { title: 'OPEN', of: cause => cause.open, right: true },
      { title: 'TOTAL', of: cause => cause.total, right: true },
      { title: 'CODE', of: cause => cause.code },
      { title: 'LAST', of: cause => ago(cause.lastAt, now) },
      { title: 'WHAT THEY HAVE IN COMMON', of: cause => cause.title },
    ],
    width: world.width,
    empty: 'No dead letter, so no cause.',
  })
}

export const show: Run = async ({ args: [id = ''], hub, world }) => {
  const base = await hub.base()
  const cause = await existing(base, id)
  const letters = await base.store.deadLetters.list({ cause: id, state: 'open' }, { limit: 20 })
  const view = causeView(cause)
  const now = world.now()
  return {
    json: { ...view, letters: letters.items.map(deadLetterView) },
    text: blocks(
      cause.title,
      facts({
        cause: id,
        code: cause.code,
        fault: view.fault,
        fix: view.fix,
        connections: cause.connections.join(', '),
        resources: cause.resources.join(', '),
        open: `${cause.open} of ${cause.total}`,
        first: ago(cause.firstAt, now),
        last: ago(cause.lastAt, now),
      }),
      letters.items.length > 0 && table(letters.items, letterColumns(now, letters.items), world.width),
    ),
  }
}

export const replay: Run = async call => {
  const { args, options, hub } = call
  const [id = ''] = args
  const base = await hub.base()
  await existing(base, id)
  const { matched } = await base.operations.replayWhere({ cause: id }, CLI, { dryRun: true })
  if (options['dryRun'] === true)
    return { json: { cause: id, matched }, text: `${plural(matched, 'open dead letter')} would be replayed.` }
  await confirmed(call, `Replay ${plural(matched, 'dead letter')} of cause ${id}?`)
  const ratePerSecond = options['rate'] as number | undefined
  const report = await base.operations.replayWhere({ cause: id }, CLI, { ratePerSecond })
  const { replayed, skipped, remaining, lastDueAt } = report
  return {
    json: { cause: id, ...report, lastDueAt: instantOf(lastDueAt ?? undefined) ?? null },
    text: [
      `${replayed} replayed, ${skipped} solved or taken meanwhile.`,
      remaining > 0 ? `${remaining} more are open: call again.` : '',
      lastDueAt !== null && replayed > 0 ? `The last becomes due ${ago(lastDueAt, base.clock.now())}.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  }
}

async function existing({ store }: Base, id: string): Promise<Cause> {
  const { items } = await store.deadLetters.causes({ cause: id }, { limit: 1 })
  if (!items[0]) throw new HubError('NOT_FOUND', { detail: `Cause “${id}”.` })
  return items[0]
}
