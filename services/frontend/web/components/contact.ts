/** Where a contact leads to: an installation names an e-mail address, a link, or words, which lead nowhere. */
export function contactAddress(contact: string): string | null {
  if (/^[^\s@/:]+@[^\s@/:]+$/.test(contact)) return `mailto:${contact}`
  return /^(https?:\/\/|mailto:)\S+$/.test(contact) ? contact : null
}
