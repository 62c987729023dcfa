import { TIME } from './time.ts'

/**
 * One account, one hash, one script: `take` and `learn` of `Buckets`, by the rules of `../embedded/buckets.ts`. Numbers
 * are kept with 17 digits, because Lua's own writing of them keeps 14.
 *
 * KEYS: the account's hash. ARGV: time, act, bucket, operation, capacity, refill, late, then
 * `take`: cost, rank, floor; `learn`: taken, price, charged, available, size, refill, rest (-1: not said).
 */
export const BUCKET = `
${TIME}
local key, act, bucket, operation = KEYS[1], ARGV[2], ARGV[3], ARGV[4]
local given = {}
for i = 5, #ARGV do given[i - 4] = tonumber(ARGV[i]) end
local function text(number) return string.format('%.17g', number) end

local names = {'tokens', 'at', 'size', 'refill', 'rest', 'w0', 'w1', 'w2'}
local fields = {}
for i, name in ipairs(names) do fields[i] = bucket .. ':' .. name end
local kept = redis.call('HMGET', key, unpack(fields))
local size, refill = tonumber(kept[3]) or given[1], tonumber(kept[4]) or given[2]
-- A Redis that changed hands may have a clock that is behind: time never runs back here.
now = math.max(now, tonumber(kept[2]) or now)
local tokens = math.min(size, (tonumber(kept[1]) or size) + (now - (tonumber(kept[2]) or now)) / 1000 * refill)
local rest = tonumber(kept[5]) or 0
local late, price = given[3], bucket .. ':price:' .. operation
local answer

if act == 'take' then
  local cost, rank, floor = tonumber(redis.call('HGET', key, price)) or given[4], given[5], given[6]
  local wait = math.max(0, rest - now, (math.min(cost + floor * size, size) - tokens) / refill * 1000)
  for i = 1, math.min(rank, 3) do wait = math.max(wait, (tonumber(kept[5 + i]) or 0) - now) end
  wait = math.ceil(wait)
  if rank < 3 then redis.call('HSET', key, bucket .. ':w' .. rank, text(wait > 0 and now + wait + late or 0)) end
  if wait == 0 then tokens = tokens - cost end
  answer = {text(wait), text(cost)}
else
  local taken, named, charged, available, newSize, newRefill, newRest = unpack(given, 4)
  if named >= 0 then redis.call('HSET', key, price, text(named)) end
  local resized = newSize >= 0 and newSize ~= size
  if newSize >= 0 then
    size = newSize
    redis.call('HSET', key, fields[3], text(size))
  end
  if newRefill >= 0 then redis.call('HSET', key, fields[4], text(newRefill)) end
  if charged >= 0 then tokens = tokens + taken - charged end
  if available >= 0 then tokens = resized and available or math.min(tokens, available) end
  tokens = math.min(tokens, size)
  if newRest > 0 then
    rest = math.max(rest, now + newRest)
    tokens = math.min(tokens, 0)
  end
end

redis.call('HSET', key, fields[1], text(tokens), fields[2], text(now), fields[5], text(rest))
redis.call('PEXPIRE', key, 86400000)
return answer
`
