{{/*
The components and what each needs: from this table come environment, mounts, probes and network policies, so that they cannot disagree.
  block    its values
  image    its image, where that is not its name
  public   its key in publicUrls; it then serves HTTP
  stage    the work of a worker that waits (label of worksights_stage_*)
  login    which key of database.keys it signs in by
  needs    secrets and servers, each an env template "worksights.env.<need>"
  reaches  hosts outside, each a key of networkPolicy
*/}}
{{- define "worksights.services" -}}
ingest-gateway:
  block: ingestGateway
  public: gateway
  login: workers
  needs: [database, queue, encryption]
resolver-worker:
  block: resolverWorker
  stage: resolve
  login: workers
  needs: [database, queue, encryption, operatorWebhook]
  reaches: [attio, operatorWebhook]
coalescer-worker:
  block: coalescerWorker
  stage: coalesce
  login: workers
  needs: [database, queue]
timeline-api:
  block: timelineApi
  public: api
  login: api
  needs: [database, readReplica, queue, encryption, attio]
  reaches: [attio, oidc]
frontend:
  block: frontend
  public: frontend
  needs: []
{{- end }}

{{/* What is run once, by the image of the operator's commands. */}}
{{- define "worksights.jobs" -}}
migrations:
  block: migrations
  image: operations
  login: owner
  needs: [database, queue]
tests:
  block: tests
  image: operations
  login: workers
  needs: [database, queue, encryption]
{{- end }}

{{/* (list $ block): the block's values over the defaults. */}}
{{- define "worksights.settings" -}}
{{- $root := index . 0 -}}
{{- mergeOverwrite (deepCopy $root.Values.defaults) (deepCopy (get $root.Values (index . 1))) | toYaml -}}
{{- end }}

{{/* Whether something else than the Deployment decides how many pods there are. */}}
{{- define "worksights.scaled" -}}
{{- if or (and .root.Values.keda.enabled .component.stage) (dig "autoscaling" "enabled" false .settings) -}}true{{- end -}}
{{- end }}
