import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** A server in a process of its own that tells its port once and what it uses whenever asked. */
export interface MeasuredChild {
  port: number
  /** CPU seconds spent so far, user and system. */
  cpuSeconds(): Promise<number>
  /** Most memory that was ever resident. */
  peakMb(): Promise<number>
  /** What the script answers to a word of its own. */
  ask(word: string): Promise<unknown>
  stop(): Promise<void>
}

const USAGE = 'usage'
/** As `npm start` has them: the young generation is what a busy process keeps most memory for. */
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16']

export async function measuredChild(script: URL, ...args: string[]): Promise<MeasuredChild> {
  const child = fork(script, args, { execArgv: NODE_FLAGS })
  const { port } = (await answer(child)) as { port: number }
  const ask = (word: string): Promise<unknown> => {
    child.send(word)
    return answer(child)
  }
  const usage = () => ask(USAGE) as Promise<NodeJS.ResourceUsage>
  return {
    port,
    ask,
    async cpuSeconds() {
      const { userCPUTime, systemCPUTime } = await usage()
      return (userCPUTime + systemCPUTime) / 1e6
    },
    async peakMb() {
      return (await usage()).maxRSS / 1_024
    },
    async stop() {
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
    },
  }
}

async function answer(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController()
  const exited = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`The measured server ended with ${code}.`)
  })
  try {
    const [message] = await Promise.race([once(child, 'message', { signal: ended.signal }), exited])
    return message
  } finally {
    exited.catch(() => undefined)
    ended.abort()
  }
}

/** The child's side: call with the port once it listens. Runs `close` when the parent has gone. */
export function reportTo(parent: NodeJS.Process, port: number, close: () => void | Promise<void>): void {
  parent.on('message', word => word === USAGE && parent.send?.(parent.resourceUsage()))
  parent.on('disconnect', () => void Promise.resolve(close()).then(() => parent.exit(0)))
  parent.send?.({ port })
}
