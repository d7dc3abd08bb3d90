{{/* Environment that is secret or a file: one template a need, each called with the pod's context. */}}
{{- define "worksights.env" -}}
{{- $context := . -}}
{{- range .component.needs }}
{{- include (printf "worksights.env.%s" .) $context }}
{{- end }}
{{- end }}

{{/* dict name secret key */}}
{{- define "worksights.env.fromSecret" }}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end }}

{{- define "worksights.env.database" }}
{{- with .root.Values.database }}
{{- include "worksights.env.fromSecret" (dict "name" "DATABASE_URL" "secret" .existingSecret "key" (get .keys $.component.login)) }}
{{- if include "worksights.hasCa" . }}
- name: DATABASE_CA_FILE
  value: /etc/worksights/database-ca/ca.crt
{{- end }}
{{- end }}
{{- end }}

{{- define "worksights.env.readReplica" }}
{{- with .root.Values.database }}
{{- if .readReplica.enabled }}
{{- include "worksights.env.fromSecret" (dict "name" "DATABASE_READ_URL" "secret" .existingSecret "key" .keys.read) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "worksights.env.queue" }}
{{- with .root.Values.queue }}
{{- $key := .keys.url }}
{{- if eq .kind "postgres" }}
{{- $key = dict "workers" .keys.url "api" .keys.api "owner" .keys.owner | dig $.component.login "" }}
{{- end }}
{{- include "worksights.env.fromSecret" (dict "name" "QUEUE_URL" "secret" .existingSecret "key" $key) }}
{{- if .redisCluster }}
- name: QUEUE_REDIS_CLUSTER
  value: "true"
{{- end }}
{{- if include "worksights.hasCa" . }}
- name: QUEUE_CA_FILE
  value: /etc/worksights/queue-ca/ca.crt
{{- end }}
{{- end }}
{{- end }}

{{- define "worksights.env.encryption" }}
{{- with .root.Values.encryption }}
{{- include "worksights.env.fromSecret" (dict "name" "ENCRYPTION_KEYS" "secret" .existingSecret "key" .key) }}
{{- end }}
{{- end }}

{{- define "worksights.env.attio" }}
{{- with .root.Values.attio }}
{{- include "worksights.env.fromSecret" (dict "name" "ATTIO_CLIENT_ID" "secret" .existingSecret "key" .keys.clientId) }}
{{- include "worksights.env.fromSecret" (dict "name" "ATTIO_CLIENT_SECRET" "secret" .existingSecret "key" .keys.clientSecret) }}
{{- end }}
{{- end }}

{{- define "worksights.env.operatorWebhook" }}
{{- with .root.Values.operatorWebhook }}
{{- if .existingSecret }}
{{- include "worksights.env.fromSecret" (dict "name" "OPERATOR_WEBHOOK_URL" "secret" .existingSecret "key" .keys.url) }}
{{- include "worksights.env.fromSecret" (dict "name" "OPERATOR_WEBHOOK_SECRET" "secret" .existingSecret "key" .keys.secret) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "worksights.env.telemetry" }}
{{- with .root.Values.telemetry.otlp }}
{{- if and .endpoint .headers.existingSecret }}
{{- include "worksights.env.fromSecret" (dict "name" "OTEL_EXPORTER_OTLP_HEADERS" "secret" .headers.existingSecret "key" .headers.key) }}
{{- end }}
{{- end }}
{{- end }}

{{/* Of database or queue: whether an authority is named. */}}
{{- define "worksights.hasCa" -}}
{{- if or .ca.existingSecret .ca.configMap -}}true{{- end -}}
{{- end }}

{{/* The authorities of what the component talks to, readable by whatever user the pod runs as. */}}
{{- define "worksights.caVolumes" }}
{{- range $server := list "database" "queue" }}
{{- $ca := (get $.root.Values $server).ca }}
{{- if and (has $server $.component.needs) (include "worksights.hasCa" (get $.root.Values $server)) }}
- name: {{ $server }}-ca
  {{- if $ca.existingSecret }}
  secret:
    secretName: {{ $ca.existingSecret }}
  {{- else }}
  configMap:
    name: {{ $ca.configMap }}
  {{- end }}
    items:
      - key: {{ $ca.key }}
        path: ca.crt
{{- end }}
{{- end }}
{{- end }}

{{- define "worksights.caMounts" }}
{{- range $server := list "database" "queue" }}
{{- if and (has $server $.component.needs) (include "worksights.hasCa" (get $.root.Values $server)) }}
- name: {{ $server }}-ca
  mountPath: /etc/worksights/{{ $server }}-ca
  readOnly: true
{{- end }}
{{- end }}
{{- end }}
