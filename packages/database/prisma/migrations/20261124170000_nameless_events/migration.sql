-- What a refresh goes through, connection by connection: events whose lines still lack a name. Few at any time, so the index stays small.
CREATE INDEX "event_nameless" ON "event"("connection_id", "id") WHERE "pending_names" <> '{}';
CREATE INDEX "activity_nameless" ON "activity"("connection_id", "id") WHERE "name_state" IN ('pending', 'forbidden');
