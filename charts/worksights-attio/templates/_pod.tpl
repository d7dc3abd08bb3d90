{{/* What every pod of the chart has; containers follow. Context: root, name, component, settings. */}}
{{- define "worksights.pod" -}}
serviceAccountName: {{ include "worksights.objectName" (list .root .name) }}
automountServiceAccountToken: false
# Variables made of other services' names would be read as configuration.
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- range $field := list "priorityClassName" "nodeSelector" "tolerations" "affinity" }}
{{- with get $.settings $field }}
{{ $field }}: {{ toJson . }}
{{- end }}
{{- end }}
securityContext:
  {{- toYaml .settings.podSecurityContext | nindent 2 }}
{{- $volumes := include "worksights.caVolumes" . }}
{{- if or $volumes .settings.volumes }}
volumes:
  {{- with $volumes }}{{ trim . | nindent 2 }}{{ end }}
  {{- with .settings.volumes }}{{ toYaml . | nindent 2 }}{{ end }}
{{- end }}
{{- end }}

{{/* What every container has: image, rights, resources, secrets, mounts. */}}
{{- define "worksights.container" -}}
image: {{ include "worksights.image" (list .root (.component.image | default .name)) | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- toYaml .settings.securityContext | nindent 2 }}
resources:
  {{- toYaml .settings.resources | nindent 2 }}
{{- $env := include "worksights.env" . }}
{{- if or $env .env .settings.env }}
env:
  {{- with $env }}{{ trim . | nindent 2 }}{{ end }}
  {{- with .env }}{{ toYaml . | nindent 2 }}{{ end }}
  {{- with .settings.env }}{{ toYaml . | nindent 2 }}{{ end }}
{{- end }}
{{- $mounts := include "worksights.caMounts" . }}
{{- if or $mounts .settings.volumeMounts }}
volumeMounts:
  {{- with $mounts }}{{ trim . | nindent 2 }}{{ end }}
  {{- with .settings.volumeMounts }}{{ toYaml . | nindent 2 }}{{ end }}
{{- end }}
{{- end }}

{{/* No chart version among them: a chart that changes nothing of a pod replaces none. */}}
{{- define "worksights.podLabels" -}}
{{ include "worksights.selectorLabels" (list .root .name) }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: worksights
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- with .settings.podLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Spreads the pods of one revision, so that old ones do not push new ones together. */}}
{{- define "worksights.spread" -}}
{{- $labels := include "worksights.selectorLabels" (list .root .name) | fromYaml }}
{{- $constraints := list }}
{{- if .settings.topologySpreadConstraints }}
{{- range .settings.topologySpreadConstraints }}
{{- $constraints = append $constraints (merge (deepCopy .) (dict "labelSelector" (dict "matchLabels" $labels))) }}
{{- end }}
{{- else }}
{{- range $place, $key := dict "zone" "topology.kubernetes.io/zone" "node" "kubernetes.io/hostname" }}
{{- with get $.settings.topologySpread $place }}
{{- $constraints = append $constraints (dict "maxSkew" 1 "topologyKey" $key "whenUnsatisfiable" . "labelSelector" (dict "matchLabels" $labels) "matchLabelKeys" (list "pod-template-hash")) }}
{{- end }}
{{- end }}
{{- end }}
{{- with $constraints }}
topologySpreadConstraints:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "worksights.probes" -}}
{{- range $probe, $path := dict "startup" "/livez" "liveness" "/livez" "readiness" "/readyz" }}
{{ $probe }}Probe:
  httpGet:
    path: {{ $path }}
    port: admin
  {{- toYaml (get $.settings.probes $probe) | nindent 2 }}
{{- end }}
{{- end }}
