{{- define "worksights.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{/* Short enough for every suffix within the 63 characters of a label. */}}
{{- define "worksights.fullname" -}}
{{- $name := include "worksights.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* (list $ suffix) */}}
{{- define "worksights.objectName" -}}
{{- printf "%s-%s" (include "worksights.fullname" (index . 0)) (index . 1) -}}
{{- end }}

{{/* (list $ component): what a pod is found by; never changes for a release. */}}
{{- define "worksights.selectorLabels" -}}
{{ include "worksights.releaseLabels" (index . 0) }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "worksights.releaseLabels" -}}
app.kubernetes.io/name: {{ include "worksights.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* (list $ component); component "" where an object belongs to none. */}}
{{- define "worksights.labels" -}}
{{- $root := index . 0 -}}
{{- if index . 1 -}}
{{ include "worksights.selectorLabels" . }}
{{- else -}}
{{ include "worksights.releaseLabels" $root }}
{{- end }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: worksights
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with $root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* (list $ image): [<registry>/]worksights-attio-<image>:<tag>[@digest] */}}
{{- define "worksights.image" -}}
{{- $image := (index . 0).Values.image -}}
{{- $tag := $image.tag | default (index . 0).Chart.AppVersion -}}
{{- with $image.registry }}{{ . }}/{{ end -}}
worksights-attio-{{ index . 1 }}:{{ $tag }}
{{- with get $image.digests (index . 1) }}@{{ . }}{{ end -}}
{{- end }}

{{/* "host" of an address, without port. */}}
{{- define "worksights.host" -}}
{{- (urlParse .).hostname -}}
{{- end }}
