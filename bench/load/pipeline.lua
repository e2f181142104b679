-- Sends a batch of requests in one write and waits for all of their answers before the next batch.
-- wrk ... -s pipeline.lua URL -- DEPTH

local batch

function init(arguments)
  local depth = tonumber(arguments[1]) or 16
  batch = string.rep(wrk.format(), depth)
end

function request()
  return batch
end
