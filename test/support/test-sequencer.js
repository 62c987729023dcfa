import Sequencer from '@jest/test-sequencer'

/** Processes, browsers, servers and the kit: half a minute each. Whoever comes last with one of them works alone. */
const LONG =
  /\/test\/(?:faults|browser)\/|\/test\/conformance\/(?:connectors|mapping-|\w*(?:-move|\.mongo))|\/odoo-/

const LONG_MS = 30_000
const SHORT_MS = 1_000

/** The longest first, also where no run before has told how long a file takes: Jest would begin with the largest file. */
export default class LongestFirst extends Sequencer {
  time(test) {
    return super.time(test) ?? (LONG.test(test.path) ? LONG_MS : SHORT_MS)
  }
}
