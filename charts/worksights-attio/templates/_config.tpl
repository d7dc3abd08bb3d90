{{/* Environment that is no secret: the data of a component's ConfigMap. Exactly what its config.ts knows. */}}
{{- define "worksights.config" -}}
LOG_LEVEL: {{ .root.Values.logLevel }}
ADMIN_PORT: "9090"
{{- if .component.public }}
PORT: "8080"
{{- end }}
{{- include (printf "worksights.config.%s" .name) .root }}
{{- include "worksights.config.telemetry" . }}
{{- end }}

{{- define "worksights.config.ingest-gateway" }}
DATABASE_POOL_MAX: {{ .Values.database.poolMax.ingestGateway | int64 | quote }}
ENDPOINT_RATE_LIMIT: {{ .Values.ingestGateway.endpointRateLimit | int64 | quote }}
{{- end }}

{{- define "worksights.config.resolver-worker" }}
DATABASE_POOL_MAX: {{ .Values.database.poolMax.resolverWorker | int64 | quote }}
CONCURRENCY: {{ .Values.resolverWorker.concurrency | int64 | quote }}
CONSOLIDATION_WINDOW_MS: {{ .Values.resolverWorker.consolidationWindowMs | int64 | quote }}
NAME_HOLD_MS: {{ .Values.resolverWorker.nameHoldMs | int64 | quote }}
CHECK_EVERY_MS: {{ .Values.resolverWorker.checkEveryMs | int64 | quote }}
PUBLIC_GATEWAY_URL: {{ .Values.publicUrls.gateway | quote }}
{{- include "worksights.config.attio" . }}
{{- end }}

{{- define "worksights.config.coalescer-worker" }}
DATABASE_POOL_MAX: {{ .Values.database.poolMax.coalescerWorker | int64 | quote }}
CONCURRENCY: {{ .Values.coalescerWorker.concurrency | int64 | quote }}
{{- end }}

{{- define "worksights.config.timeline-api" }}
DATABASE_POOL_MAX: {{ .Values.database.poolMax.timelineApi | int64 | quote }}
{{- if .Values.database.readReplica.enabled }}
DATABASE_READ_POOL_MAX: {{ .Values.database.poolMax.read | int64 | quote }}
{{- end }}
PUBLIC_GATEWAY_URL: {{ .Values.publicUrls.gateway | quote }}
PUBLIC_API_URL: {{ .Values.publicUrls.api | quote }}
PUBLIC_FRONTEND_URL: {{ .Values.publicUrls.frontend | quote }}
{{- include "worksights.config.attio" . }}
{{- with .Values.oidc }}
{{- if .issuers }}
OIDC_ISSUERS: {{ .issuers | toJson | quote }}
{{- else }}
OIDC_ISSUER: {{ .issuer | quote }}
OIDC_AUDIENCE: {{ .audience | quote }}
{{- end }}
OIDC_ORGANIZATION_CLAIM: {{ .claims.organization | quote }}
OIDC_ROLE_CLAIM: {{ .claims.role | quote }}
OIDC_ADMIN_VALUES: {{ join "," .claims.adminValues | quote }}
{{- end }}
{{- with .Values.timelineApi }}
RATE_LIMIT_USER_PER_MINUTE: {{ .rateLimits.userPerMinute | int64 | quote }}
RATE_LIMIT_ORGANIZATION_PER_MINUTE: {{ .rateLimits.organizationPerMinute | int64 | quote }}
RATE_LIMIT_ADDRESS_PER_MINUTE: {{ .rateLimits.addressPerMinute | int64 | quote }}
TRUST_PROXY: {{ .trustProxy | quote }}
{{- with .supportContact }}
SUPPORT_CONTACT: {{ . | quote }}
{{- end }}
{{- with .setupGuideUrl }}
SETUP_GUIDE_URL: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- define "worksights.config.frontend" }}
PUBLIC_FRONTEND_URL: {{ .Values.publicUrls.frontend | quote }}
PUBLIC_API_URL: {{ .Values.publicUrls.api | quote }}
OIDC_ISSUER: {{ .Values.oidc.frontend.issuer | default .Values.oidc.issuer | quote }}
{{- with .Values.oidc.frontend }}
OIDC_CLIENT_ID: {{ .clientId | quote }}
OIDC_SCOPE: {{ .scope | quote }}
{{- with .audience }}
OIDC_AUDIENCE: {{ . | quote }}
{{- end }}
{{- with .resource }}
OIDC_RESOURCE: {{ . | quote }}
{{- end }}
{{- with .connectOrigins }}
OIDC_CONNECT_ORIGINS: {{ join "," . | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- define "worksights.config.attio" }}
{{- with .Values.attio.apiUrl }}
ATTIO_API_URL: {{ . | quote }}
{{- end }}
{{- with .Values.attio.appUrl }}
ATTIO_APP_URL: {{ . | quote }}
{{- end }}
{{- end }}

{{/* Without an endpoint nothing is set, and nothing is exported. */}}
{{- define "worksights.config.telemetry" }}
{{- $attributes := list (printf "k8s.namespace.name=%s" .root.Release.Namespace) (printf "service.namespace=%s" .root.Release.Name) }}
{{- with .root.Values.telemetry }}
{{- range $name, $value := .resourceAttributes }}
{{- $attributes = append $attributes (printf "%s=%s" $name $value) }}
{{- end }}
{{- if .otlp.endpoint }}
OTEL_EXPORTER_OTLP_ENDPOINT: {{ .otlp.endpoint | quote }}
OTEL_EXPORTER_OTLP_PROTOCOL: {{ .otlp.protocol }}
OTEL_TRACES_EXPORTER: otlp
OTEL_METRICS_EXPORTER: {{ ternary "otlp" "none" .otlp.metrics }}
OTEL_TRACES_SAMPLER: {{ .traces.sampler }}
{{- with .traces.samplerArg }}
OTEL_TRACES_SAMPLER_ARG: {{ . | quote }}
{{- end }}
OTEL_RESOURCE_ATTRIBUTES: {{ join "," $attributes | quote }}
{{- end }}
{{- end }}
{{- end }}
