import { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'

/** What calls to a partner are made for. */
export interface WorkInHand {
  /** As in the queue; without it, they go with those of orders. */
  priority?: number
  /** Of work that is to blame for a crash, and not the first time. */
  watch?: IdleWatch
}

/** Sees by the calls of a piece of work whether anything of it runs: while it has some and none is being sent, it waits. */
export interface IdleWatch {
  /** A call from when it is asked for to its answer, with all its waiting and repetitions. */
  calls<T>(call: () => Promise<T>): Promise<T>
  /** What of a call the partner sees. Begins when the claim has its full count again; `LEASE_LAPSED` if another holds it. */
  sends<T>(send: () => Promise<T>): Promise<T>
}

export interface ClaimedWork {
  priority?: number
  /** With the claim under which it runs. */
  claims: number
  /** `recount` of the store, for this claim. */
  recount(claims: number): Promise<boolean>
  clock: Clock
}

/** Shorter waits are not worth two writes; and what works on an answer without a call has gone on or blocks this process. */
const IDLE_MS = 250

/** A first claim counts one in any case, so most work needs no watch and costs nothing. */
export const workInHand = (work: ClaimedWork): WorkInHand => ({
  priority: work.priority,
  watch: work.claims > 1 ? idleWatch(work) : undefined,
})

/**
 * While all that a piece of work does is wait, it is not to blame for a crash: its claim counts one less, and as before
 * from the moment on in which something of it runs again.
 */
function idleWatch({ claims, recount, clock }: ClaimedWork): IdleWatch {
  let [open, sending] = [0, 0]
  let isIdle = false
  /** One write after the other. */
  let written: Promise<unknown> = Promise.resolve()
  let cancel = (): void => undefined

  /** From now on, unless something happens. */
  function look(): void {
    cancel()
    if (open > 0 && sending === 0 && !isIdle) cancel = clock.timer(IDLE_MS, rest)
  }

  function rest(): void {
    isIdle = true
    // One that could not be counted down is blamed without a reason, which harms less than not to go on.
    written = Promise.allSettled([written.then(() => recount(claims - 1))])
  }

  async function wake(): Promise<void> {
    cancel()
    if (isIdle) written = written.then(countAgain)
    isIdle = false
    await written
  }

  async function countAgain(): Promise<void> {
    if (!(await recount(claims))) throw new HubError('LEASE_LAPSED')
  }

  return {
    async calls(call) {
      open += 1
      look()
      try {
        return await call()
      } finally {
        open -= 1
        await wake()
        look()
      }
    },
    async sends(send) {
      sending += 1
      try {
        await wake()
        return await send()
      } finally {
        sending -= 1
        look()
      }
    },
  }
}
