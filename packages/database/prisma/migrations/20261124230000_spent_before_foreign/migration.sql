-- A callback that is opened a second time comes without its cookie, which the first one cleared: it is to be told that the state is used, not that this is
-- another browser.
CREATE OR REPLACE FUNCTION spend_oauth_state(state bytea, browser bytea) RETURNS TABLE (outcome text, organization_id uuid, user_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY UPDATE public.oauth_state s SET used_at = now()
    WHERE s.state_hash = state AND s.browser_hash = browser AND s.used_at IS NULL AND s.expires_at > now()
    RETURNING 'ok', s.organization_id, s.user_id;
  IF FOUND THEN RETURN; END IF;
  RETURN QUERY SELECT CASE WHEN s.used_at IS NOT NULL THEN 'used' WHEN s.browser_hash <> browser THEN 'other_browser' ELSE 'expired' END, NULL::uuid, NULL::uuid
    FROM public.oauth_state s WHERE s.state_hash = state;
END $$;
