-- What is due in a lane is found without reading the rest of a long lane.
CREATE INDEX "event_due_lane" ON "event"("connection_id", "lane", "happened_at") WHERE "due_at" IS NOT NULL;

-- An event that waits for a line has a lane to be told in: without one it would be due for ever.
ALTER TABLE "event" ADD CONSTRAINT "event_pending_has_lane" CHECK ("state" <> 'pending' OR ("lane" IS NOT NULL AND "facts" IS NOT NULL));
