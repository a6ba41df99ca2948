-- Indexes for what the first releases' indexes made slow.

-- How many deliveries a webhook has of each state, and its list of one state, without reading what they carry.
CREATE INDEX webhook_deliveries_states ON webhook_deliveries (webhook_id, state, id);
