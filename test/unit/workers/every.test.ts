import { describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { every } from '#workers/every.ts'
import { WorkerState } from '#workers/worker-state.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND

/** A worker every `everyMs` whose turns fail as `faults` tells, first to last; then they succeed. */
function periodic(everyMs: number, faults: (Error | null)[]) {
  const clock = new ManualClock()
  const startedAt = clock.now()
  const [turns, lines]: [number[], string[]] = [[], []]
  const worker = every({
    ...{ name: 'turns', everyMs, clock, random: () => 1 },
    async run() {
      turns.push(clock.now() - startedAt)
      const fault = faults.shift()
      if (fault) throw fault
    },
  })
  const state = new WorkerState(worker, {
    clock,
    telemetry: { log: (_level, message) => void lines.push(message) },
  })
  const stop = new AbortController()
  const run = worker.run(stop.signal, state)
  const end = () => {
    stop.abort()
    return run
  }
  return { clock, turns, lines, state, run, end }
}

describe('a worker that does something every so often', () => {
  it('keeps its rhythm when turns fail, and is unhealthy until one succeeds', async () => {
    const away = new HubError('STORE_UNAVAILABLE')
    const { clock, turns, state, lines, end } = periodic(100, [null, away, away, away])
    await clock.advance(150)
    expect(state.health()).toMatchObject({ healthy: false, detail: away.publicMessage, restarts: 0 })
    await clock.advance(350)
    expect(turns).toEqual([0, 100, 200, 300, 400, 500])
    expect(state.health()).toMatchObject({ healthy: true, detail: 'running' })
    expect(lines).toEqual(['worker turns fails', 'worker turns is well again'])
    await end()
  })

  it('does not wait an hour for the next try of an hourly turn', async () => {
    const { clock, turns, end } = periodic(HOUR, [new Error('away'), new Error('away')])
    await clock.advance(HOUR)
    expect(turns).toEqual([0, 250, 750])
    await end()
  })

  it('is ended by a wrong configuration', async () => {
    const { clock, run } = periodic(100, [new HubError('STORE_REFUSED')])
    const ended = expect(run).rejects.toMatchObject({ code: 'STORE_REFUSED' })
    await clock.advance(0)
    await ended
  })

  it('hangs when a turn shows no life for two minutes, however seldom it comes', async () => {
    const clock = new ManualClock()
    const hangs = every({
      ...{ name: 'hangs', everyMs: 1_000, clock, random: () => 1 },
      run: (signal, alive) => {
        clock.timer(60_000, alive)
        return new Promise(resolve => signal.addEventListener('abort', () => resolve()))
      },
    })
    const state = new WorkerState(hangs, { clock, telemetry: { log: () => undefined } })
    const stop = new AbortController()
    const run = hangs.run(stop.signal, state)
    await clock.advance(180_000)
    expect(state.health()).toMatchObject({ healthy: true })
    await clock.advance(1_000)
    expect(state.health()).toMatchObject({ healthy: false, detail: 'No sign of life for 121 s.' })
    stop.abort()
    await run
  })
})
