import type { Connection } from './connect.ts'

/**
 * Where the job of an id is, in one look, and for one that runs: a note that it is wanted once more. BullMQ answers a
 * second `add` of an id by doing nothing, which would lose the wake-up.
 *
 * KEYS: job, delayed, prioritized, wait, again. ARGV: job id, time wanted, priority wanted, now, capacity.
 */
const FIND = `
local job, delayed, prioritized, wait, again = unpack(KEYS)
local id, at, priority, now, capacity = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

if redis.call('EXISTS', job) == 0 then
  if redis.call('ZCARD', delayed) + redis.call('ZCARD', prioritized) < capacity then return {'absent'} end
  if at > now then return {'full'} end
  local later = redis.call('ZRANGE', delayed, -1, -1)[1]
  if later then return {'full', later} end
  local least = redis.call('ZRANGE', prioritized, -1, -1, 'WITHSCORES')
  if least[2] and math.floor(tonumber(least[2]) / 0x100000000) > priority then return {'full', least[1]} end
  return {'full'}
end

local score = redis.call('ZSCORE', delayed, id)
if score then
  return {'delayed', string.format('%.0f', math.floor(tonumber(score) / 0x1000)), redis.call('HGET', job, 'priority')}
end
score = redis.call('ZSCORE', prioritized, id)
if score then return {'waiting', string.format('%.0f', math.floor(tonumber(score) / 0x100000000))} end
-- Given back by a worker that died: it stands before all others.
if redis.call('LPOS', wait, id) then return {'waiting', '0'} end

local noted = redis.call('HGET', again, id)
if noted then
  local notedAt, notedPriority = string.match(noted, '^(%d+) (%d+)$')
  at, priority = math.min(at, tonumber(notedAt)), math.min(priority, tonumber(notedPriority))
end
redis.call('HSET', again, id, string.format('%.0f %.0f', at, priority))
return {'running'}
`

/** The note of a job that has ended, taken away. KEYS: again. ARGV: job id. */
const TAKE = `
local noted = redis.call('HGET', KEYS[1], ARGV[1])
if noted then redis.call('HDEL', KEYS[1], ARGV[1]) end
return noted
`

export type Found =
  | [state: 'absent' | 'running']
  | [state: 'full', victim?: string]
  | [state: 'delayed', at: string, priority: string]
  | [state: 'waiting', priority: string]

/** A connection that knows our scripts. */
export type Scripted = Connection & {
  crossdockFind(...given: (string | number)[]): Promise<Found>
  crossdockTake(again: string, jobId: string): Promise<string | null>
}

export function withScripts(connection: Connection): Scripted {
  connection.defineCommand('crossdockFind', { numberOfKeys: 5, lua: FIND })
  connection.defineCommand('crossdockTake', { numberOfKeys: 1, lua: TAKE })
  return connection as Scripted
}
