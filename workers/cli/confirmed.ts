import { HubError } from '#core/errors/hub-error.ts'
import type { Call } from './command.ts'

/** Returns if `--yes` was given or a person says so; throws else. */
export async function confirmed({ options, world }: Call, question: string): Promise<void> {
  if (options['yes'] === true) return
  if (!world.ask)
    throw new HubError('INPUT_INVALID', { detail: `${question} Nobody can be asked here: give --yes.` })
  const answer = await world.ask(`${question} [y/N] `)
  if (!/^y(es)?$/i.test(answer.trim()))
    throw new HubError('INPUT_INVALID', { detail: 'Not confirmed: nothing was changed.' })
}
