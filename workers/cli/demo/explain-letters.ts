import { isErrorCode, REGISTER } from '#core/errors/register.ts'
import type { Base } from '../../compose/base.ts'

/** One line a dead letter: what is wrong with it, and what an operator would do. */
export async function explainLetters({ store }: Pick<Base, 'store'>): Promise<string[]> {
  const { items } = await store.deadLetters.list({ state: 'open' }, { limit: 50 })
  return items.map(({ resource, topic, code, summary }) => {
    const fix = isErrorCode(code) ? REGISTER[code].fix : ''
    return `${resource ?? topic}: ${summary} ${fix}`.replaceAll(/\s+/g, ' ')
  })
}
