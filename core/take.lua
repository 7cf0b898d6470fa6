-- Takes a record up: its try is counted and its due time moved before anything is done about it.
-- KEYS: the team's `due` index, the record. ARGV: now, end of the claim (Unix seconds), the record's member name.
-- Gives {'gone'}, {'waits', due} or {'taken', field, value, …}.
local due = redis.call('HGET', KEYS[2], 'due')
if not due then
    redis.call('ZREM', KEYS[1], ARGV[3])
    return {'gone'}
end
if due == '' or tonumber(due) > tonumber(ARGV[1]) then
    return {'waits', due}
end
redis.call('HINCRBY', KEYS[2], 'version', 1)
redis.call('HINCRBY', KEYS[2], 'tries', 1)
redis.call('HSET', KEYS[2], 'due', ARGV[2])
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
return {'taken', unpack(redis.call('HGETALL', KEYS[2]))}
