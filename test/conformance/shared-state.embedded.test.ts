import { ManualClock } from '#core/kernel/clock.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { sharedStateSuite } from './shared-state.suite.ts'

sharedStateSuite({
  name: 'embedded',
  async open() {
    let now = Date.UTC(2026, 0, 15)
    const clock = Object.assign(new ManualClock(), { now: () => now })
    const state = createEmbeddedState(clock)
    const advance = (ms: number) => {
      now += ms
    }
    return { state, other: state, advance, close: () => state.close() }
  },
})
