/**
 * Fills `/v2/notes/{note_id}`. An id that would change which endpoint is meant (empty, or a dot segment, which URL parsers resolve
 * even when escaped) is a bug of the caller's and throws.
 */
export function fillPath(template: string, params: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    if (value === '' || value === '.' || value === '..') throw new TypeError(`${name} is not an id; it fills ${template}`)
    return encodeURIComponent(value)
  })
}
