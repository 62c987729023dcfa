import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from '@jest/globals'

const SCRIPT = `
  const { createLog } = await import('./core/health/log.ts')
  const log = createLog('info')
  process.once('SIGUSR2', () => {
    for (let line = 0; line < 100; line++) log.warn('nobody reads this')
    process.exit(7)
  })
  setInterval(() => undefined, 1_000)
  log.info('ready')
`

describe('a log whose reader has gone', () => {
  it('neither ends nor holds the process', async () => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', SCRIPT], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(child.stdout, 'data')
    child.stdout.destroy()
    child.kill('SIGUSR2')
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
    expect(await once(child, 'exit')).toEqual([7, null])
    clearTimeout(late)
  })
})
