/*
 * The page's policy (Trusted Types) lets no text become markup, script or an address of script unless this passes it. The component library writes the
 * text of its style elements as if it were markup; nothing else does. Text without "<" cannot make an element, so that much passes and no more.
 */
const withoutElements = { createHTML: (text: string) => (text.includes('<') ? null : text) }

type TrustedTypes = { createPolicy(name: string, rules: { createHTML(text: string): string | null }): unknown }

// Browsers that know no Trusted Types do not enforce them either.
;(globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('default', withoutElements)
