import { readFile } from 'node:fs/promises'
import type { DeadLetterFilter, DeadLetterState } from '#core/contracts/store.ts'
import { letterView } from '../../web/api/handlers/get-dead-letter.ts'
import { deadLetterView } from '../../web/api/views/dead-letter-view.ts'
import type { Run } from '../command.ts'
import { CLI } from '../hub-access.ts'
import { letterColumns } from '../text/letter-columns.ts'
import { letterText } from '../text/letter-text.ts'
import { pageAnswer, pageOptions } from '../text/page.ts'

type Filter = Omit<DeadLetterFilter, 'state'> & { state: DeadLetterState | 'all' }

export const list: Run = async ({ options, hub, world }) => {
  const { store } = await hub.base()
  const { filter, page } = pageOptions<Filter>(options)
  const state = filter.state === 'all' ? undefined : filter.state
  const letters = await store.deadLetters.list({ ...filter, state }, page)
  return pageAnswer({
    page: letters,
    view: deadLetterView,
    columns: letterColumns(world.now(), letters.items),
    width: world.width,
    empty: state === 'open' ? 'No open dead letter.' : 'No dead letter.',
  })
}

export const show: Run = async ({ args: [id = ''], hub, world }) => {
  const { operations } = await hub.base()
  const shown = await operations.show(id, CLI)
  return { json: letterView(shown), text: letterText(shown, world.now()) }
}

export const edit: Run = async ({ args: [id = ''], options, hub, world }) => {
  const { operations } = await hub.base()
  const file = String(options['file'])
  const body = file === '-' ? await world.readStdin() : await readFile(file)
  const result = await operations.editPayload(id, body, CLI)
  return { json: { id, result }, text: `${id}: ${SAYS[result]} It uses the edited payload.` }
}

export const replay: Run = async ({ args, hub }) => {
  const { operations } = await hub.base()
  const items = []
  for (const id of args) items.push({ id, result: await operations.replay(id, CLI) })
  return {
    json: args.length === 1 ? items[0] : { items },
    text: items.map(({ id, result }) => `${id}: ${SAYS[result]}`).join('\n'),
  }
}

export const discard: Run = async ({ args, options, hub }) => {
  const { operations } = await hub.base()
  for (const id of args) await operations.discard(id, String(options['reason']), CLI)
  const items = args.map(id => ({ id, result: 'discarded' }))
  return {
    json: args.length === 1 ? items[0] : { items },
    text: args.map(id => `${id}: discarded.`).join('\n'),
  }
}

export const release: Run = async ({ args, options, hub }) => {
  const { operations } = await hub.base()
  const items = []
  for (const id of args)
    items.push({ id, result: await operations.release(id, { reason: String(options['reason']) }, CLI) })
  return {
    json: args.length === 1 ? items[0] : { items },
    text: items.map(({ id, result }) => `${id}: released; the order ${RELEASED[result]}`).join('\n'),
  }
}

const RELEASED = {
  replayed: 'goes within seconds.',
  already: 'is on its way.',
  resolved: 'had gone meanwhile.',
}

const SAYS = {
  replayed: 'replayed; a running hub takes it within seconds.',
  already: 'was replayed before and waits or runs.',
  resolved: 'had succeeded meanwhile; the letter is closed.',
}
