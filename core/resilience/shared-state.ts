/**
 * What all processes of a hub must agree on at once. Drivers are siblings (`embedded/`, `redis/`) and run one suite,
 * `test/conformance/shared-state.suite.ts`. The types stand here and not in `core/contracts`, because no connector and
 * no other domain sees them: they use the rate budget, the breakers and `refreshOnce`, which are built on this.
 *
 * Promises of every driver:
 * - Each call is one atomic step. Nothing here is needed to be durable: what is lost costs some waiting, or one call that
 *   the partner throttles, never data. Credentials are guarded by the fence that the store keeps beside them.
 * - Durations, not times, go in and out, so that processes whose clocks differ agree all the same.
 */
export interface SharedState {
  readonly buckets: Buckets
  readonly locks: Locks
  readonly circuits: Circuits
  close(): Promise<void>
}

/** Token buckets of partner accounts. */
export interface Buckets {
  /** Takes the price, or takes nothing and says when to ask again. */
  take(request: TakeRequest): Promise<Taken>
  /** Corrects the bucket by what the partner answered. */
  learn(lesson: Lesson): Promise<void>
}

/** Most urgent first: 0 orders, 1 stock, 2 catalogue, 3 backfill. */
export type Rank = 0 | 1 | 2 | 3

export interface BucketRef {
  /** Who the partner counts: connector and its account. */
  account: string
  bucket: string
  /** What the manifest declares; holds until the partner says otherwise. */
  capacity: number
  refillPerSecond: number
}

export interface TakeRequest extends BucketRef {
  /** Calls of one operation cost the same: what the partner named for it last is taken, `cost` before that. */
  operation: string
  cost: number
  rank: Rank
  /** Share of the bucket that this rank leaves to those before it: 0 to below 1. */
  floor: number
}

/** `waitMs` 0: taken. Else nothing was taken; those of lower rank are kept back until this one is due. */
export interface Taken {
  waitMs: number
  /** What was taken, or would be. */
  cost: number
}

export interface Lesson extends BucketRef {
  operation: string
  /** What `take` took for the call. */
  taken: number
  /** What the partner counts for such a call before it runs: the price from now on. */
  price?: number
  /** What it counted in the end; the difference goes back. */
  charged?: number
  /** What it says is left: the bucket never holds more than that. */
  available?: number
  /** Its real size and refill, for every process from now on. */
  size?: number
  refill?: number
  /** Nobody calls for so long; the bucket is empty. */
  restMs?: number
}

export interface Locks {
  /** The lock, or how long its holder has it at most. */
  acquire(name: string, ttlMs: number): Promise<{ token: number } | { waitMs: number }>
  /** Only the holder of the token lets go; a late one changes nothing. */
  release(name: string, token: number): Promise<void>
}

/** Circuits that are not closed, by connection. */
export interface Circuits {
  /** Everybody rests for so long; a longer rest that stands already stays. Ends the trial. */
  open(connection: string, restMs: number): Promise<void>
  /** True for one caller after the rest, until its time is up; always true for a closed circuit. */
  trial(connection: string, ttlMs: number): Promise<boolean>
  close(connection: string): Promise<void>
  /** Milliseconds left of each rest or trial under way; 0: the next trial is anybody's. */
  list(): Promise<ReadonlyMap<string, number>>
}
