import { buffer } from 'node:stream/consumers'
import type { World } from './world.ts'

const UNBOUNDED = 10_000

/** The terminal, the environment and the clock of this process. */
export function processWorld(): World {
  const { stdin, stdout, stderr } = process
  // `hub … | head` closes the pipe early, and nothing is wrong.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  return {
    async loadConfig({ strict }) {
      const [{ loadFromProcess }, { CONNECTORS }, { storedConnections }] = await Promise.all([
        import('#config/load.ts'),
        import('#connectors/registry.ts'),
        import('../compose/drivers.ts'),
      ])
      const manifests = new Map(CONNECTORS.map(({ manifest }) => [manifest.id, manifest]))
      return loadFromProcess({ manifests, storedConnections, flowEndsMayFollow: !strict })
    },
    now: () => Date.now(),
    width: stdout.isTTY ? stdout.columns : UNBOUNDED,
    colours: stdout.isTTY && stdout.hasColors(),
    readStdin: () => buffer(stdin),
    ask: stdin.isTTY ? ask : null,
    interrupted,
    ...(stderr.isTTY && { progress: line => void stderr.write(`\r\x1b[K${line}`) }),
    out: text => void stdout.write(text),
    err: text => void stderr.write(text),
  }
}

function interrupted(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  return controller.signal
}

/** On stderr: stdout is for the answer alone. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}
