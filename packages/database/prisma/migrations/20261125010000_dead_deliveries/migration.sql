-- no-transaction
-- Dead letters of all connections are counted every few seconds. There are few of them, and whatever is not dead is not in the index.
CREATE INDEX CONCURRENTLY "delivery_dead" ON "delivery"("connection_id") WHERE "state" = 'dead';
