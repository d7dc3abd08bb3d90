-- The trace that a change belongs to, as a `traceparent` header, so that sending it on a live stream is seen in the trace of the delivery it came from.
ALTER TABLE "activity_change" ADD COLUMN "trace_context" TEXT;
