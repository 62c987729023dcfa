import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { type Supervisor, supervise } from '#workers/supervise.ts'
import { aborted, type Worker } from '#workers/worker.ts'

const MINUTE = 60_000

let clock: ManualClock
let supervisor: Supervisor

function start(...workers: Worker[]) {
  const startedAt = clock.now()
  const [lines, restarts, halts]: [string[], string[], Error[]] = [[], [], []]
  supervisor = supervise(workers, {
    clock,
    random: () => 1,
    telemetry: {
      log: (_level, message) => void lines.push(message),
      count: (name, labels) => void restarts.push(`${name} ${labels?.['worker']}`),
    },
    onHalt: error => void halts.push(error),
  })
  return { lines, restarts, halts, since: (at: number) => at - startedAt }
}

/** Crashes as often as there are lives, each after so long, then runs until it is stopped. */
function mortal(...lives: number[]) {
  const startedAt: number[] = []
  const worker: Worker = {
    name: 'mortal',
    async run(signal) {
      startedAt.push(clock.now())
      const lifeMs = lives.shift()
      if (lifeMs === undefined) return aborted(signal)
      await new Promise<void>(resolve => void clock.timer(lifeMs, resolve))
      throw new Error('mongodb://user:S3CRET@db broke')
    },
  }
  return { worker, startedAt }
}

beforeEach(() => {
  clock = new ManualClock()
})
afterEach(() => supervisor.stop())

describe('a supervised worker', () => {
  it('that crashes again and again is restarted with pauses that double up to a bound', async () => {
    const { worker, startedAt } = mortal(...Array.from({ length: 9 }, () => 0))
    start(worker)
    await clock.advance(5 * MINUTE)
    const pauses = startedAt.slice(1).map((at, index) => at - startedAt[index]!)
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  })

  it('that ran well for a while begins again with the shortest pause', async () => {
    const { worker, startedAt } = mortal(0, 0, 0, MINUTE, 0)
    start(worker)
    await clock.advance(5 * MINUTE)
    const pauses = startedAt.slice(1).map((at, index) => at - startedAt[index]!)
    expect(pauses).toEqual([250, 500, 1_000, MINUTE + 250, 500])
  })

  it('tells how it is: name, fault without the words of a driver, restarts and since when', async () => {
    const { worker } = mortal(1_000)
    const world = start(worker)
    const told = () =>
      supervisor.health().map(({ since, ...health }) => ({ ...health, since: world.since(since) }))
    expect(told()).toEqual([{ name: 'mortal', healthy: true, detail: 'running', restarts: 0, since: 0 }])
    await clock.advance(1_100)
    const detail = new HubError('UNEXPECTED').publicMessage
    expect(told()).toEqual([{ name: 'mortal', healthy: false, detail, restarts: 0, since: 1_000 }])
    await clock.advance(200)
    expect(told()).toEqual([{ name: 'mortal', healthy: true, detail: 'running', restarts: 1, since: 1_250 }])
    expect(world.restarts).toEqual(['worker_restarts_total mortal'])
  })

  it('that returns without being told to has crashed', async () => {
    const { lines, restarts } = start({ name: 'early', run: async () => undefined })
    await clock.advance(600)
    expect(lines.slice(0, 2)).toEqual(['worker early crashed', 'worker early crashed'])
    expect(restarts).not.toEqual([])
    expect(supervisor.health()).toMatchObject([{ healthy: false }])
  })

  it('that meets a wrong configuration ends the process and is not restarted', async () => {
    let runs = 0
    const { halts } = start({
      name: 'refused',
      async run() {
        runs++
        throw new HubError('STORE_REFUSED')
      },
    })
    await clock.advance(MINUTE)
    expect([runs, halts.map(({ message }) => message)]).toEqual([1, [new HubError('STORE_REFUSED').message]])
  })

  it('is unhealthy while it gives no sign of life', async () => {
    const waits = Promise.withResolvers<void>()
    start({
      name: 'stuck',
      stallMs: MINUTE,
      async run(signal, report) {
        await waits.promise
        report.alive()
        await aborted(signal)
      },
    })
    await clock.advance(MINUTE - 1)
    expect(supervisor.health()).toMatchObject([{ healthy: true }])
    await clock.advance(1)
    expect(supervisor.health()).toMatchObject([{ healthy: false, detail: 'No sign of life for 60 s.' }])
    waits.resolve()
    await clock.advance(0)
    expect(supervisor.health()).toMatchObject([{ healthy: true, detail: 'running' }])
  })

  it('is told to stop with all others at once, and what it throws then is no crash', async () => {
    const told: string[] = []
    const worker = (name: string): Worker => ({
      name,
      async run(signal) {
        await aborted(signal)
        told.push(name)
        throw new Error('broken off')
      },
    })
    const { lines } = start(worker('a'), worker('b'))
    await supervisor.stop()
    expect([told, lines]).toEqual([['a', 'b'], []])
  })

  it('does not come back when it is stopped in its pause', async () => {
    const { worker, startedAt } = mortal(0, 0)
    start(worker)
    await clock.advance(100)
    await supervisor.stop()
    expect(startedAt).toHaveLength(1)
  })
})
