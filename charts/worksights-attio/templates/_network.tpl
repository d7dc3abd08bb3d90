{{/* One rule: peers and TCP ports. dict to ports */}}
{{- define "worksights.egressRule" }}
- to:
    {{- toYaml .to | nindent 4 }}
  ports:
    {{- range .ports }}
    - { protocol: TCP, port: {{ . | int64 }} }
    {{- end }}
{{- end }}

{{/* Peers: any address that is public. */}}
{{- define "worksights.publicPeers" -}}
{{- range $all, $except := dict "0.0.0.0/0" .Values.networkPolicy.notPublic.ipv4 "::/0" .Values.networkPolicy.notPublic.ipv6 }}
- ipBlock:
    cidr: {{ $all | quote }}
    except:
      {{- toYaml $except | nindent 6 }}
{{- end }}
{{- end }}

{{/* What a component may open connections to, by what it needs and reaches. Context: root, component. */}}
{{- define "worksights.egress" -}}
{{- $values := .root.Values }}
{{- $policy := $values.networkPolicy }}
{{- $otlp := and $values.telemetry.otlp.endpoint (not .component.image) }}
{{- if or .component.needs .component.reaches $otlp }}
- to:
    {{- toYaml $policy.dns.to | nindent 4 }}
  ports:
    {{- range $policy.dns.ports }}
    - { protocol: UDP, port: {{ . | int64 }} }
    - { protocol: TCP, port: {{ . | int64 }} }
    {{- end }}
{{- end }}
{{- if has "database" .component.needs }}
{{- include "worksights.egressRule" $policy.database }}
{{- end }}
{{- if has "queue" .component.needs }}
{{- $postgres := eq $values.queue.kind "postgres" }}
{{- $to := $policy.queue.to | default (ternary $policy.database.to (list) $postgres) }}
{{- $ports := $policy.queue.ports | default (ternary $policy.database.ports (list 6379) $postgres) }}
{{- include "worksights.egressRule" (dict "to" $to "ports" $ports) }}
{{- end }}
{{- range .component.reaches }}
{{- if or (ne . "operatorWebhook") $values.operatorWebhook.existingSecret }}
{{- $host := get $policy . }}
{{- $to := $host.to | default (include "worksights.publicPeers" $.root | fromYamlArray) }}
{{- include "worksights.egressRule" (dict "to" $to "ports" $host.ports) }}
{{- end }}
{{- end }}
{{- if $otlp }}
{{- include "worksights.egressRule" $policy.telemetry }}
{{- end }}
{{- end }}
