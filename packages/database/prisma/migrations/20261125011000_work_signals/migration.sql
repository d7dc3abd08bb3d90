-- What waits, over all organisations, in numbers and nothing else: what workers are scaled by and an operator is woken by. The API asks it, which may
-- see one organisation's rows at a time.
--
--   due              work whose time has come and that nobody has taken: a lease, or a pause before the next attempt, lies in the future. Of one connection
--                    10,000 deliveries or events are counted at the most, so that a long backlog does not make this slow
--   oldest_due_age   seconds since the oldest of it came due; 0 where nothing is
--   parked           deliveries that are due and that no worker can take, since their connection has no token. They wait for a person, so they are not
--                    among what is due: more workers would not help
--   dead, connection, webhook   how many there are
--
-- Of runs only the oldest of a connection counts, which the others wait for. Which connections have work is found by one step along an index for each.
CREATE FUNCTION work_signals() RETURNS TABLE (signal text, label text, value double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET jit = off
AS $$
  WITH RECURSIVE owing_deliveries AS (
    (SELECT d.connection_id, d.due_at FROM public.delivery d WHERE d.due_at IS NOT NULL ORDER BY d.connection_id, d.due_at LIMIT 1)
    UNION ALL
    SELECT next.connection_id, next.due_at FROM owing_deliveries o CROSS JOIN LATERAL (
      SELECT d.connection_id, d.due_at FROM public.delivery d WHERE d.due_at IS NOT NULL AND d.connection_id > o.connection_id
      ORDER BY d.connection_id, d.due_at LIMIT 1
    ) next
  ), owing_events AS (
    (SELECT e.connection_id, e.due_at FROM public.event e WHERE e.due_at IS NOT NULL ORDER BY e.connection_id, e.due_at LIMIT 1)
    UNION ALL
    SELECT next.connection_id, next.due_at FROM owing_events o CROSS JOIN LATERAL (
      SELECT e.connection_id, e.due_at FROM public.event e WHERE e.due_at IS NOT NULL AND e.connection_id > o.connection_id
      ORDER BY e.connection_id, e.due_at LIMIT 1
    ) next
  ), due AS MATERIALIZED (
    SELECT 'resolve' AS stage, o.due_at, counted.number,
      coalesce(c.state <> 'disconnected' AND (c.token_sealed IS NULL OR c.token_key_id IS NULL), false) AS parked
    FROM owing_deliveries o LEFT JOIN public.connection c ON c.id = o.connection_id CROSS JOIN LATERAL (
      SELECT count(*) AS number FROM (
        SELECT FROM public.delivery d WHERE d.connection_id = o.connection_id AND d.due_at IS NOT NULL AND d.due_at <= now() LIMIT 10000
      ) few
    ) counted WHERE o.due_at <= now()
    UNION ALL
    SELECT 'coalesce', o.due_at, counted.number, false FROM owing_events o CROSS JOIN LATERAL (
      SELECT count(*) AS number FROM (
        SELECT FROM public.event e WHERE e.connection_id = o.connection_id AND e.due_at IS NOT NULL AND e.due_at <= now() LIMIT 10000
      ) few
    ) counted WHERE o.due_at <= now()
    UNION ALL
    SELECT 'runs', oldest.due_at, 1, false FROM (
      SELECT DISTINCT ON (r.connection_id) r.due_at FROM public.run r WHERE r.due_at IS NOT NULL ORDER BY r.connection_id, r.created_at, r.id
    ) oldest WHERE oldest.due_at <= now()
  ), stage(name) AS (VALUES ('resolve'), ('coalesce'), ('runs'))
  SELECT 'due', s.name, coalesce(sum(d.number), 0)::float8 FROM stage s LEFT JOIN due d ON d.stage = s.name AND NOT d.parked GROUP BY s.name
  UNION ALL
  SELECT 'oldest_due_age', s.name, coalesce(extract(epoch FROM now() - min(d.due_at)), 0)::float8
    FROM stage s LEFT JOIN due d ON d.stage = s.name AND NOT d.parked GROUP BY s.name
  UNION ALL
  SELECT 'parked', '', coalesce(sum(d.number), 0)::float8 FROM due d WHERE d.parked
  UNION ALL
  SELECT 'dead', '', count(*)::float8 FROM (SELECT FROM public.delivery d WHERE d.state = 'dead' LIMIT 100000) few
  UNION ALL
  SELECT 'connection', c.state, count(*)::float8 FROM public.connection c GROUP BY c.state
  UNION ALL
  SELECT 'webhook', CASE WHEN w.retired_at IS NOT NULL THEN 'retired' WHEN w.attio_webhook_id IS NULL THEN 'pending' ELSE w.status END, count(*)::float8 FROM public.webhook w GROUP BY 2
$$;

REVOKE EXECUTE ON FUNCTION work_signals() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION work_signals() TO worksights_api, worksights_worker;
