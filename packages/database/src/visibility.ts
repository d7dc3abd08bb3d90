/*
 * What an organisation has hidden, as conditions of SQL. `$1` is the organisation. Areas that are switched off and private lists that are not allowed are
 * hidden when lines are read and nowhere else: no line is rewritten, so whatever is switched on or allowed again shows at once with nothing missing.
 */

/**
 * Whether the label `l`, of type list, is of a private list: Attio says that not everybody in the workspace may see it, says nothing of it to us, or does
 * not show it any more. A list that an event said is deleted stays what it was. One that Attio was not asked about yet is not private: its lines do not
 * name it.
 */
const isPrivate = `(l.state = 'forbidden' or l.missing_since is not null or (l.state <> 'pending' and l.details->>'access' is null))`

/**
 * Labels of lists with the connection `k` and what an admin said: `private`, `deleted` and `shown` tell of each. To be narrowed by `k`: `offset 0` has the
 * lists of each connection found by the index of labels, and not those of every connection there is.
 */
export const listsWithAccess = `
  select l.connection_id, l.id, l.state, l.name, l.details, k.workspace_name, ${isPrivate} as private, l.state = 'gone' and l.missing_since is null as deleted,
         (not ${isPrivate} or coalesce(p.shown, k.private_lists_shown)) as shown
  from connection k
  cross join lateral (select * from label where connection_id = k.id and type = 'list' offset 0) l
  left join list_permission p on p.connection_id = l.connection_id and p.list_id = l.id
  where true`

/**
 * Holds for an activity `a` that is about no list, or about one that may be shown. The lists are few and looked up once a statement (a hashed subplan),
 * and only if a line is about a list at all.
 */
export const withinShownLists = `(a.list_id is null or (a.connection_id, a.list_id) not in (
    select hidden.connection_id, hidden.id from (${listsWithAccess} and k.organization_id = $1) hidden where not hidden.shown))`

/** The same, and in an area that is on. */
export const unhidden = `a.feature not in (select area from feature_switch where organization_id = $1 and not enabled) and ${withinShownLists}`
