{{/* What of each component the outside may ask for. */}}
{{- define "worksights.paths" -}}
gateway: [/webhooks]
api: [/v1, /docs, /openapi.json, /problems]
frontend: [/]
{{- end }}
