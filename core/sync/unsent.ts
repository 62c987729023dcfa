import { HubError } from '../errors/hub-error.ts'

export interface Unsent {
  /** Aborts when the process stops, unless a send has begun: that one is let end, so that nobody has to wonder whether it arrived. */
  readonly signal: AbortSignal
  /** Right before the first byte that may change something. Once the process stops, none is sent any more: `SHUTDOWN`. */
  sending(): void
  /** The work has ended: nothing is listened for any more. */
  release(): void
}

/** What the stopping of a process means for one delivery. */
export function unsent(stopping: AbortSignal): Unsent {
  const controller = new AbortController()
  const handBack = (): void => controller.abort(new HubError('SHUTDOWN'))
  const release = (): void => stopping.removeEventListener('abort', handBack)
  if (stopping.aborted) handBack()
  else stopping.addEventListener('abort', handBack, { once: true })
  return {
    signal: controller.signal,
    sending() {
      if (controller.signal.aborted) throw new HubError('SHUTDOWN')
      release()
    },
    release,
  }
}
