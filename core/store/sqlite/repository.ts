import type { Prepare } from './database.ts'
import type { Write } from './group-commit.ts'
import type { Tallies } from './tallies.ts'

/** What a repository is made from. */
export interface Parts {
  prepare: Prepare
  write: Write
  tallies: Tallies
}
