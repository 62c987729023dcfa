import { TIME } from './time.ts'

/** KEYS: the lock's hash. ARGV: time, `acquire` and time to live, or `release` and token. See `../embedded/locks.ts`. */
export const LOCK = `
${TIME}
local kept = redis.call('HMGET', KEYS[1], 'token', 'until')
local token, till = tonumber(kept[1]) or 0, tonumber(kept[2]) or 0
local given = tonumber(ARGV[3])

if ARGV[2] == 'release' then
  if token == given then redis.call('HSET', KEYS[1], 'until', 0) end
  return {0, 0}
end
if till > now then return {0, till - now} end
token = math.max(token + 1, now)
redis.call('HSET', KEYS[1], 'token', string.format('%.0f', token), 'until', string.format('%.0f', now + given))
redis.call('PEXPIRE', KEYS[1], given + 86400000)
return {token, 0}
`
