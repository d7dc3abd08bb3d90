import { expect, test } from '@jest/globals'
import { expressionsOfChart, metricsOfChart } from './harness/expressions.ts'
import { parsePromQl } from './harness/promql.ts'

test('every expression of alerts and dashboard is PromQL', () => {
  const expressions = expressionsOfChart()
  expect(expressions.length).toBeGreaterThan(20)
  expect(expressions.filter(({ expr }) => !parsePromQl(expr).ok)).toEqual([])
})

test('what is no PromQL is refused, and the metrics of what is are told', () => {
  expect(parsePromQl('sum(rate(a_total[5m]')).toMatchObject({ ok: false })
  expect(parsePromQl('sum by (a rate(b[5m])')).toMatchObject({ ok: false })
  expect(parsePromQl('')).toMatchObject({ ok: false })
  expect(parsePromQl('histogram_quantile(0.9, sum by (le) (rate(a_bucket{b="c"}[$__rate_interval]))) > on () group_left d')).toEqual({
    ok: true,
    metrics: ['a_bucket', 'd'],
  })
})

test('alerts and dashboard ask only for metrics of the services, of Kubernetes, or of the scrape itself', () => {
  const known =
    /^(worksights_|http_(server|client)_request_duration_seconds_|db_client_connection_|nodejs_|process_|v8js_|target_info$|up$|kube_|container_)/
  expect(metricsOfChart().filter(metric => !known.test(metric))).toEqual([])
})
