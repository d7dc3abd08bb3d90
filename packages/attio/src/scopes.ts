/** A scope the integration needs, and what people lose without it (a sentence for the integration page). */
export type RequiredScope = { scope: string; breaks: string }

/** Read-only everywhere but for the webhooks themselves. Names as in Attio's OpenAPI document (`securitySchemes.oauth2`). */
export const requiredScopes: readonly RequiredScope[] = [
  { scope: 'webhook:read-write', breaks: 'No events arrive: webhooks cannot be created, checked or repaired.' },
  { scope: 'user_management:read', breaks: 'Members cannot be matched to people, and tasks cannot be read.' },
  { scope: 'record_permission:read', breaks: 'Records, notes, tasks and calls show ids instead of names, and changes show no values.' },
  {
    scope: 'object_configuration:read',
    breaks: 'Objects and attributes show ids instead of names, and deals cannot be told from other records.',
  },
  { scope: 'list_configuration:read', breaks: 'Lists show ids instead of names, and every list counts as private.' },
  { scope: 'list_entry:read', breaks: 'Changes of list entries show no values.' },
  { scope: 'note:read', breaks: 'Notes show no titles.' },
  { scope: 'task:read', breaks: 'Tasks show no text, and completing one looks like any other change.' },
  { scope: 'comment:read', breaks: 'Comments on list entries cannot be placed in their thread.' },
  { scope: 'meeting:read', breaks: 'Calls show neither a title nor the records they belong to.' },
  { scope: 'call_recording:read', breaks: 'Calls show no link, and who recorded them is not known.' },
]

/** Needed scopes that a token lacks. `granted` is the `scope` of `/v2/self`: separated by spaces. `x:read-write` grants `x:read` too. */
export function missingScopes(granted: string): RequiredScope[] {
  const has = scopeSet(granted)
  return requiredScopes.filter(({ scope }) => !has.has(scope) && !has.has(scope.replace(/:read$/, ':read-write')))
}

/** Granted scopes that can write anything but webhooks: more than the integration should ever hold. */
export function excessScopes(granted: string): string[] {
  return [...scopeSet(granted)].filter(scope => scope.endsWith(':read-write') && scope !== 'webhook:read-write')
}

function scopeSet(granted: string): Set<string> {
  return new Set(granted.split(/\s+/).filter(scope => scope !== ''))
}
