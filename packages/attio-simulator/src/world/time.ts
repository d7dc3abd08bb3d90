/** Formats epoch milliseconds as Attio writes times: ISO 8601 in UTC with nine decimals. */
export function nanoTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000000Z')
}
