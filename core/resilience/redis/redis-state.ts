import type { Redis } from 'ioredis'
import { LATE_MS } from '../embedded/buckets.ts'
import type { BucketRef, Lesson, SharedState } from '../shared-state.ts'
import { BUCKET } from './bucket-script.ts'
import { CIRCUIT } from './circuit-script.ts'
import { LOCK } from './lock-script.ts'

type Given = string | number

/** The part of an ioredis connection, single or cluster, that is used here. */
export type StateConnection = Pick<Redis, 'defineCommand' | 'quit' | 'disconnect'>

/** A connection that knows our scripts: the first argument is the key. */
interface Scripted {
  crossdockBucket(...given: Given[]): Promise<[wait: string, cost: string]>
  crossdockLock(...given: Given[]): Promise<[token: number, wait: number]>
  crossdockCircuit(...given: Given[]): Promise<(string | number)[] | number>
}

export interface RedisStateOptions {
  /** Fails at once while Redis is away; closed with the state. */
  connection: StateConnection
  /** First part of every key. */
  prefix: string
  /** Only for tests: the time by which all is decided; Redis's own unless given. */
  now?: () => number
}

/** Every step is one script on one key, so a cluster takes it; the braces keep all of an account in one slot. */
export function createRedisState({ connection, prefix, now = () => -1 }: RedisStateOptions): SharedState {
  for (const [name, lua] of [
    ['crossdockBucket', BUCKET],
    ['crossdockLock', LOCK],
    ['crossdockCircuit', CIRCUIT],
  ] as const)
    connection.defineCommand(name, { numberOfKeys: 1, lua })
  const scripts = connection as unknown as Scripted
  const accountKey = ({ account }: BucketRef) => `${prefix}:budget:{${account}}`
  const lockKey = (name: string) => `${prefix}:lock:{${name}}`
  const circuit = (...given: Given[]) => scripts.crossdockCircuit(`${prefix}:circuits`, now(), ...given)

  return {
    buckets: {
      async take(request) {
        const { operation, cost, rank, floor } = request
        const common = [now(), 'take', request.bucket, operation, request.capacity, request.refillPerSecond]
        const given = [...common, LATE_MS, cost, rank, floor]
        const [wait, taken] = await scripts.crossdockBucket(accountKey(request), ...given)
        return { waitMs: Number(wait), cost: Number(taken) }
      },
      async learn(lesson) {
        const { operation, capacity, refillPerSecond } = lesson
        const common = [now(), 'learn', lesson.bucket, operation, capacity, refillPerSecond, LATE_MS]
        await scripts.crossdockBucket(accountKey(lesson), ...common, ...lessonOf(lesson))
      },
    },
    locks: {
      async acquire(name, ttlMs) {
        const [token, waitMs] = await scripts.crossdockLock(lockKey(name), now(), 'acquire', ttlMs)
        return token > 0 ? { token } : { waitMs }
      },
      async release(name, token) {
        await scripts.crossdockLock(lockKey(name), now(), 'release', token)
      },
    },
    circuits: {
      async open(connectionId, restMs) {
        await circuit('open', connectionId, restMs)
      },
      trial: async (connectionId, ttlMs) => (await circuit('trial', connectionId, ttlMs)) === 1,
      async close(connectionId) {
        await circuit('close', connectionId, 0)
      },
      async list() {
        const rests = (await circuit('list', '', 0)) as (string | number)[]
        return new Map(rests.flatMap((id, at) => (at % 2 ? [] : [[String(id), Number(rests[at + 1])]])))
      },
    },
    async close() {
      await connection.quit().catch(() => connection.disconnect())
    },
  }
}

const lessonOf = ({ taken, price, charged, available, size, refill, restMs }: Lesson): number[] =>
  [taken, price, charged, available, size, refill, restMs].map(told => told ?? -1)
