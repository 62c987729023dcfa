import { readInstant } from '../../../web/api/times.ts'
import { replayedView } from '../../../web/api/views/replayed-view.ts'
import type { Run } from '../../command.ts'
import { confirmed } from '../../confirmed.ts'
import { CLI } from '../../hub-access.ts'
import { mappingNamed, openCatalogue } from '../../open-catalogue.ts'
import { ago } from '../../text/ago.ts'
import { plural } from '../../text/facts.ts'

export const replay: Run = async call => {
  const { args, options } = call
  const { replayRange, base, ...opened } = await openCatalogue(call)
  const mapping = mappingNamed(opened, args[0] ?? '')
  const range = {
    mapping,
    from: instant('from', options['from']),
    to: instant('to', options['to']),
    connection: options['connection'] as string | undefined,
    ratePerSecond: options['rate'] as number | undefined,
    signal: new AbortController().signal,
  }
  const counted = await replayRange({ ...range, dryRun: true }, CLI)
  if (options['dryRun'] === true)
    return {
      json: replayedView(counted),
      text: `${plural(counted.matched, 'message')} would be translated again.`,
    }
  await confirmed(call, `Translate ${plural(counted.matched, 'message')} of ${mapping} again?`)
  const report = await replayRange(range, CLI)
  const { replayed, taken, lastDueAt } = report
  const lines = [
    `${plural(replayed, 'message')} will be translated again.`,
    lastDueAt === null ? '' : `The last becomes due ${ago(lastDueAt, base.clock.now())}.`,
    taken.length > 0 ? `A worker holds ${taken.join(', ')}: call again for these.` : '',
  ]
  return { json: replayedView(report), text: lines.filter(Boolean).join('\n') }
}

const instant = (name: string, text: unknown): number | undefined =>
  typeof text === 'string' ? readInstant(text, `--${name}`) : undefined
