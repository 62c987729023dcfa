import type { Base } from '../../compose/base.ts'
import { tally } from './ledger.ts'

const EVERY_MS = 250

/** Where nobody watches, a line now and then instead of one that moves. */
const LOG_EVERY_MS = 3_000

export interface Progress {
  /** Draws the last state and ends the line. */
  end(): Promise<void>
}

/** One line on stderr that counts along; stdout is for what stays. */
export function createProgress(base: Pick<Base, 'store'>, terminal = process.stderr): Progress {
  const { isTTY } = terminal
  const draw = async (): Promise<void> => {
    const text = await progressText(base)
    terminal.write(isTTY ? `\r${text}\u001b[K` : `${text}\n`)
  }
  let drawing = Promise.resolve()
  const timer = setInterval(
    () => {
      drawing = drawing.then(draw)
    },
    isTTY ? EVERY_MS : LOG_EVERY_MS,
  )
  return {
    async end() {
      clearInterval(timer)
      await drawing
      await draw()
      if (isTTY) terminal.write('\n')
    },
  }
}

async function progressText(base: Pick<Base, 'store'>): Promise<string> {
  const { accounting, deadLetters } = await tally(base)
  const { received, documents, confirmed, pending, undelivered } = accounting
  return [
    `received ${received}`,
    `documents ${documents}`,
    `confirmed ${confirmed}`,
    `under way ${pending + undelivered}`,
    `dead letters ${deadLetters}`,
  ].join(' · ')
}
