{{/* Values that cannot work, each with what to set; all are told at once. */}}
{{- define "worksights.guards" -}}
{{- $faults := concat
  (include "worksights.guards.image" . | fromYamlArray)
  (include "worksights.guards.addresses" . | fromYamlArray)
  (include "worksights.guards.stores" . | fromYamlArray)
  (include "worksights.guards.signIn" . | fromYamlArray)
  (include "worksights.guards.scaling" . | fromYamlArray)
  (include "worksights.guards.network" . | fromYamlArray)
  (include "worksights.guards.pods" . | fromYamlArray)
}}
{{- if $faults }}
{{- fail (printf "\n\nThese values cannot work together. Change them and run helm again:\n  - %s\n" (join "\n  - " $faults)) }}
{{- end }}
{{- end }}

{{- define "worksights.guards.image" -}}
{{- if eq .Values.image.tag "latest" }}
- "image.tag is \"latest\": two pods of one release could run different code. Set the tag of a release, or leave it empty for {{ .Chart.AppVersion }}."
{{- end }}
{{- end }}

{{- define "worksights.guards.addresses" -}}
{{- $urls := .Values.publicUrls }}
{{- range $key := list "gateway" "api" "frontend" }}
{{- $url := get $urls $key }}
{{- if not $url }}
- "publicUrls.{{ $key }} is not set: set it to the https:// address at which {{ ternary "Attio" "browsers" (eq $key "gateway") }} will reach the {{ $key }}."
{{- else }}
{{- $parts := urlParse $url }}
{{- if not (and (has $parts.scheme (list "http" "https")) $parts.hostname) }}
- "publicUrls.{{ $key }} is no web address: set it to https://<host>."
{{- else if and (eq $parts.scheme "http") (not $urls.allowInsecure) (not (has $parts.hostname (list "localhost" "127.0.0.1" "[::1]" "::1"))) }}
- "publicUrls.{{ $key }} is http://: use https://, or set publicUrls.allowInsecure for a trial without Attio."
{{- end }}
{{- $behind := or (and $.Values.ingress.enabled (get $.Values.ingress $key).enabled) (and $.Values.httpRoute.enabled (get $.Values.httpRoute $key).enabled) }}
{{- if and (not (has $parts.path (list "" "/"))) (or $behind (eq $key "frontend")) }}
- "publicUrls.{{ $key }} has the path {{ $parts.path }}: the {{ $key }} is served at the root of its host. Give it a host of its own, or a host without a path."
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.httpRoute }}
{{- if .enabled }}
{{- range $key := list "gateway" "api" "frontend" }}
{{- $own := get $.Values.httpRoute $key }}
{{- if and $own.enabled (not ($own.parentRefs | default $.Values.httpRoute.parentRefs)) }}
- "httpRoute.enabled is set and the route of the {{ $key }} has no Gateway: name one in httpRoute.parentRefs."
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "worksights.guards.stores" -}}
{{- range $block, $holds := dict "database" "the database's URLs (owner-url, api-url, workers-url)" "queue" "the queue's URL" "encryption" "the encryption keys" "attio" "id and secret of the OAuth app at Attio" }}
{{- if not (get $.Values $block).existingSecret }}
- "{{ $block }}.existingSecret is not set: name the Secret that holds {{ $holds }}."
{{- end }}
{{- end }}
{{- range $block := list "database" "queue" }}
{{- with (get $.Values $block).ca }}
{{- if and .existingSecret .configMap }}
- "{{ $block }}.ca names both a Secret and a ConfigMap: leave one of existingSecret and configMap empty."
{{- end }}
{{- end }}
{{- end }}
{{- if and .Values.queue.redisCluster (eq .Values.queue.kind "postgres") }}
- "queue.redisCluster is set with queue.kind postgres: unset it, or set queue.kind to redis."
{{- end }}
{{- if and .Values.database.readReplica.enabled (not .Values.database.keys.read) }}
- "database.readReplica.enabled is set and database.keys.read is empty: name the key of database.existingSecret that holds the replica's URL."
{{- end }}
{{- end }}

{{- define "worksights.guards.signIn" -}}
{{- with .Values.oidc }}
{{- if and .issuers (or .issuer .audience) }}
- "oidc.issuers is set beside oidc.issuer or oidc.audience: make those an entry of the list and leave them empty."
{{- end }}
{{- if not .issuers }}
{{- range $key := list "issuer" "audience" }}
{{- if not (get $.Values.oidc $key) }}
- "oidc.{{ $key }} is not set: people sign in by an OpenID Connect provider. Set oidc.issuer and oidc.audience, or oidc.issuers for several."
{{- end }}
{{- end }}
{{- else if not .frontend.issuer }}
- "oidc.frontend.issuer is not set: with oidc.issuers, say at which of them people sign in to the web app."
{{- end }}
{{- if not .frontend.clientId }}
- "oidc.frontend.clientId is not set: register the web app as a public client (code flow, PKCE) at the provider and set its id."
{{- end }}
{{- end }}
{{- end }}

{{- define "worksights.guards.scaling" -}}
{{- $keda := .Values.keda }}
{{- if and $keda.enabled (not $keda.prometheus.serverAddress) }}
- "keda.enabled is set and keda.prometheus.serverAddress is empty: set the address of the Prometheus that scrapes the API, for example http://prometheus.monitoring.svc:9090."
{{- end }}
{{- range $name, $component := include "worksights.services" . | fromYaml }}
{{- $block := $component.block }}
{{- with get $.Values $block }}
{{- if .autoscaling }}
{{- if and .autoscaling.enabled $component.stage $keda.enabled }}
- "keda.enabled and {{ $block }}.autoscaling.enabled are both set: two would scale one Deployment. Unset one."
{{- end }}
{{- if and .autoscaling.enabled (gt (int .autoscaling.minReplicas) (int .autoscaling.maxReplicas)) }}
- "{{ $block }}.autoscaling.minReplicas is above maxReplicas: lower it, or raise maxReplicas."
{{- end }}
{{- end }}
{{- if and .keda $keda.enabled }}
{{- if gt (int .keda.minReplicas) (int .keda.maxReplicas) }}
- "{{ $block }}.keda.minReplicas is above maxReplicas: lower it, or raise maxReplicas."
{{- end }}
{{- if gt (int $keda.fallback.replicas) (int .keda.maxReplicas) }}
- "keda.fallback.replicas is above {{ $block }}.keda.maxReplicas: lower it, or raise maxReplicas."
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "worksights.guards.network" -}}
{{- $policy := .Values.networkPolicy }}
{{- if $policy.enabled }}
{{- if not $policy.ingressController.from }}
- "networkPolicy.enabled is set and networkPolicy.ingressController.from is empty: nobody could reach gateway, API and web app. Name the pods of your ingress controller or Gateway, or the address ranges of your load balancer."
{{- end }}
{{- if not $policy.database.to }}
- "networkPolicy.enabled is set and networkPolicy.database.to is empty: nothing could reach Postgres. Name its pods or its addresses."
{{- end }}
{{- if and (not $policy.queue.to) (eq .Values.queue.kind "redis") }}
- "networkPolicy.enabled is set and networkPolicy.queue.to is empty: nothing could reach Redis. Name its pods or its addresses."
{{- end }}
{{- if and (not $policy.monitoring.from) (or .Values.monitoring.serviceMonitor.enabled .Values.monitoring.podMonitor.enabled) }}
- "networkPolicy.enabled and a monitor are set and networkPolicy.monitoring.from is empty: Prometheus could not scrape. Name its pods."
{{- end }}
{{- if and (not $policy.telemetry.to) .Values.telemetry.otlp.endpoint }}
- "networkPolicy.enabled and telemetry.otlp.endpoint are set and networkPolicy.telemetry.to is empty: traces could not leave. Name the collector's pods or addresses."
{{- end }}
{{- end }}
{{- end }}

{{- define "worksights.guards.pods" -}}
{{- range $name, $component := include "worksights.services" . | fromYaml }}
{{- $block := $component.block }}
{{- $settings := include "worksights.settings" (list $ $block) | fromYaml }}
{{- $needed := add 25 (ternary $settings.preStopSleepSeconds 0 (hasKey $component "public")) }}
{{- if le (int $settings.terminationGracePeriodSeconds) (int $needed) }}
- "terminationGracePeriodSeconds of {{ $block }} is {{ $settings.terminationGracePeriodSeconds }}: a pod would be killed while it finishes. Set more than {{ $needed }} (preStopSleepSeconds and the 25 s of a drain)."
{{- end }}
{{- end }}
{{- end }}
