import type { Workspace } from '../world/workspace.ts'
import type { AuthorizeRequest } from './oauth.ts'

const escaped = (text: string) => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)

const document = (title: string, content: string) => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} – Attio simulator</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 10vh auto; padding: 0 1rem; color: #1c1d21 }
fieldset { border: 1px solid #d8dae0; border-radius: 8px; margin: 1rem 0; padding: .75rem 1rem }
label { display: block; padding: .25rem 0 }
button { font: inherit; padding: .5rem 1.25rem; border-radius: 8px; border: 1px solid #266df0; background: #266df0; color: #fff; cursor: pointer }
button[value=deny] { background: #fff; color: #1c1d21; border-color: #d8dae0 }
</style>
</head>
<body><main>${content}</main></body>
</html>
`

/** Where a workspace's admin lets the app in; the form POSTs to /authorize with `workspace` and `decision`. */
export function consentPage(request: AuthorizeRequest, workspaces: Workspace[]): string {
  const hidden = Object.entries(request)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value ?? '')}">`)
    .join('\n')
  const choices = workspaces
    .map(
      (workspace, index) =>
        `<label><input type="radio" name="workspace" value="${escaped(workspace.slug)}"${index === 0 ? ' checked' : ''}> ${escaped(workspace.name)}</label>`,
    )
    .join('\n')
  return document(
    'Connect an app',
    `<h1>Connect an app</h1>
<p>The app <strong>${escaped(request.client_id)}</strong> asks for access to a workspace of yours. This is a simulator: nothing leaves your machine.</p>
<form method="post" action="/authorize">
${hidden}
<fieldset><legend>Workspace</legend>
${choices}
</fieldset>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`,
  )
}

export const problemPage = (problem: string) => document('Cannot connect', `<h1>Cannot connect</h1><p>${escaped(problem)}</p>`)
