import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** A server in a process of its own that tells its port once and its CPU time whenever asked. */
export interface MeasuredChild {
  port: number
  /** CPU seconds spent so far, user and system. */
  cpuSeconds(): Promise<number>
  stop(): Promise<void>
}

export async function measuredChild(script: URL, ...args: string[]): Promise<MeasuredChild> {
  const child = fork(script, args, { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const { port } = (await answer(child)) as { port: number }
  return {
    port,
    async cpuSeconds() {
      child.send('cpu')
      const { user, system } = (await answer(child)) as NodeJS.CpuUsage
      return (user + system) / 1e6
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
  parent.on('message', () => parent.send?.(parent.cpuUsage()))
  parent.on('disconnect', () => void Promise.resolve(close()).then(() => parent.exit(0)))
  parent.send?.({ port })
}
