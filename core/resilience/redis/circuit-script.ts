import { TIME } from './time.ts'

/**
 * KEYS: the hash of all circuits that are not closed; its values are `until`, and `until trial` while one is under way.
 * ARGV: time, act, connection, milliseconds. See `../embedded/circuits.ts`.
 */
export const CIRCUIT = `
${TIME}
local act, connection, ms = ARGV[2], ARGV[3], tonumber(ARGV[4])
local function read(value) return tonumber(string.match(value, '^%d+')), string.find(value, 'trial', 1, true) end
local function write(till, suffix)
  redis.call('HSET', KEYS[1], connection, string.format('%.0f', till) .. suffix)
  redis.call('PEXPIRE', KEYS[1], 86400000)
end

if act == 'list' then
  local all, rests = redis.call('HGETALL', KEYS[1]), {}
  for i = 1, #all, 2 do
    rests[i], rests[i + 1] = all[i], math.max(0, read(all[i + 1]) - now)
  end
  return rests
end
if act == 'close' then return redis.call('HDEL', KEYS[1], connection) end

local standing = redis.call('HGET', KEYS[1], connection)
local till, tried = 0, false
if standing then till, tried = read(standing) end
if act == 'open' then
  write(math.max(tried and 0 or till, now + ms), '')
  return 1
end
if not standing then return 1 end
if till > now then return 0 end
write(now + ms, ' trial')
return 1
`
