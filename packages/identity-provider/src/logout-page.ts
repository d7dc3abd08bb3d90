import type { KoaContextWithOIDC } from 'oidc-provider'

/**
 * The page between asking to sign out and being signed out. It goes on by itself: whoever pressed "sign out" need not confirm it here, where nobody
 * signs in for good.
 */
export function logoutPage(ctx: KoaContextWithOIDC, form: string): void {
  ctx.body = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Signing out (development only)</title>
</head>
<body>
<main>
<h1>Signing out …</h1>
${form}
<button form="op.logoutForm" name="logout" value="yes">Sign out</button>
</main>
<script>document.forms[0].requestSubmit(document.querySelector('button'))</script>
</body>
</html>
`
}
