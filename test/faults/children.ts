import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** Runs so many processes of one script of this folder at once; each prints one JSON value, which is given back. */
export async function inProcesses<T>(count: number, script: string, given: object): Promise<T[]> {
  const run = async (): Promise<T> => {
    const file = new URL(script, import.meta.url).pathname
    const args = ['--disable-warning=ExperimentalWarning', file, JSON.stringify(given)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const [printed, complaints, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ])
    if (code !== 0) throw new Error(`${script} ended with ${code}: ${complaints}`)
    return JSON.parse(printed) as T
  }
  return Promise.all(Array.from({ length: count }, run))
}
