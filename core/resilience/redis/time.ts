/**
 * First lines of every script: `now` in milliseconds. Redis's own clock is the one that all processes share; a test gives
 * its own instead (-1: Redis's).
 */
export const TIME = `
local now = tonumber(ARGV[1])
if now < 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
`
