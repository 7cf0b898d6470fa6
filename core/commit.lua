-- One change, whole or not at all: every condition is looked at before anything is written.
-- KEYS: the team's `due` index, then the keys that the operations name by their place in KEYS.
-- ARGV[1]: the operations, a JSON list. Gives the place of the first one whose condition does not hold, else two JSON
-- lists: of [member, version, due] for each record that wants a wake-up, and of what each look saw as
-- [member, score, …].
local operations = cjson.decode(ARGV[1])

local function version(key)
    return tonumber(redis.call('HGET', key, 'version') or '0')
end

local function unchanged(op) return version(KEYS[op.key]) == op.version end

local conditions = {
    put = unchanged,
    renew = unchanged,
    forget = unchanged,
    is = function(op) return redis.call('HGET', KEYS[op.key], op.field) == op.value end,
    there = function(op) return redis.call('EXISTS', KEYS[op.key]) == 1 end,
    empty = function(op) return redis.call('EXISTS', KEYS[op.key]) == 0 end,
    least = function(op) return redis.call('ZCARD', KEYS[op.key]) >= op.least end,
    within = function(op)
        local sum = tonumber(redis.call('HGET', KEYS[op.key], op.member) or '0')
        return sum + op.amount <= op.most + 1e-9
    end,
    fewer = function(op) return redis.call('ZCOUNT', KEYS[op.key], op.since, '+inf') < op.most end,
}

for place, op in ipairs(operations) do
    local holds = conditions[op.op]
    if holds and not holds(op) then
        return place
    end
end

local wakes = {}

local function schedule(op, number)
    if op.due == '' then
        redis.call('ZREM', KEYS[1], op.member)
        return
    end
    redis.call('ZADD', KEYS[1], op.due, op.member)
    if not op.quiet then wakes[#wakes + 1] = {op.member, number, tonumber(op.due)} end
end

local function keep(key, ttl)
    if ttl and ttl > 0 then
        redis.call('EXPIRE', key, ttl)
    end
end

local function write(op)
    local key = KEYS[op.key]
    local number = op.version + 1
    redis.call('HSET', key, 'version', number, 'state', op.state, 'due', op.due, 'tries', op.tries, 'body', op.body)
    keep(key, op.ttl)
    schedule(op, number)
end

local writes = {
    put = write,
    once = function(op)
        if redis.call('EXISTS', KEYS[op.key]) == 0 then write(op) end
    end,
    touch = function(op)
        local key = KEYS[op.key]
        local tries, due = unpack(redis.call('HMGET', key, 'tries', 'due'))
        if not due then return end
        local under_way = due ~= '' and tonumber(tries) > 0
        if op.idle and due ~= '' and not under_way then return end -- it will be looked at anyway
        local number = redis.call('HINCRBY', key, 'version', 1)
        if op.gentle and under_way then op.due = due end
        redis.call('HSET', key, 'due', op.due)
        if op.state ~= '' then redis.call('HSET', key, 'state', op.state) end
        keep(key, op.ttl)
        schedule(op, number)
    end,
    renew = function(op)
        if redis.call('EXISTS', KEYS[op.key]) == 0 then return end
        redis.call('HSET', KEYS[op.key], 'due', op.due)
        redis.call('ZADD', KEYS[1], op.due, op.member)
    end,
    forget = function(op)
        redis.call('DEL', KEYS[op.key])
        redis.call('ZREM', KEYS[1], op.member)
    end,
    zadd = function(op)
        redis.call('ZADD', KEYS[op.key], 'GT', op.score, op.member)
        keep(KEYS[op.key], op.ttl)
    end,
    trim = function(op) redis.call('ZREMRANGEBYSCORE', KEYS[op.key], '-inf', '(' .. op.before) end,
    trim_aged = function(op)
        local before = math.min(tonumber(op.now), tonumber(redis.call('TIME')[1])) - op.seconds
        redis.call('ZREMRANGEBYSCORE', KEYS[op.key], '-inf', '(' .. before)
    end,
    zrem = function(op) redis.call('ZREM', KEYS[op.key], op.member) end,
    hset = function(op)
        redis.call('HSET', KEYS[op.key], op.member, op.value)
        keep(KEYS[op.key], op.ttl)
    end,
    hdel = function(op) redis.call('HDEL', KEYS[op.key], op.member) end,
    add = function(op)
        redis.call('HINCRBYFLOAT', KEYS[op.key], op.member, op.amount)
        keep(KEYS[op.key], op.ttl)
    end,
    blend = function(op)
        local known = redis.call('HGET', KEYS[op.key], op.member)
        local value = known and known + op.share * (op.value - known) or op.value
        redis.call('HSET', KEYS[op.key], op.member, string.format('%.17g', value))
        keep(KEYS[op.key], op.ttl)
    end,
    set = function(op) redis.call('SET', KEYS[op.key], op.value, 'EX', op.ttl) end,
}

for _, op in ipairs(operations) do
    local act = writes[op.op]
    if act then act(op) end
end

local seen = {}
for _, op in ipairs(operations) do
    if op.op == 'look' then
        seen[#seen + 1] = redis.call('ZRANGE', KEYS[op.key], 0, op.most - 1, 'WITHSCORES')
    end
end

local function list(items) return #items == 0 and '[]' or cjson.encode(items) end

return {list(wakes), list(seen)}
