import type { Call, Run } from '../../command.ts'
import { openCatalogue, readDraft } from '../../open-catalogue.ts'
import { shadowText } from '../../text/shadow-text.ts'

const STEP = 100

export const shadow: Run = async call => {
  const { args, options, world } = call
  const opened = await openCatalogue(call)
  const draft = await readDraft(opened, args[0] ?? '')
  const report = await opened.shadow({
    ...draft,
    last: Number(options['last']),
    connection: options['connection'] as string | undefined,
    signal: new AbortController().signal,
    onProgress: progress(call),
  })
  if (world.ask) world.err('\r\u001B[K')
  return { json: report, text: shadowText(report, Number(options['show']), world.width) }
}

/** Only where somebody looks: in a file it would be noise. */
const progress =
  ({ world, options }: Pick<Call, 'world' | 'options'>) =>
  (looked: number): void => {
    if (world.ask && looked % STEP === 0) world.err(`\r${looked} of ${options['last']} messages`)
  }
