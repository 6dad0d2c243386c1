// For Prometheus, and what else reads its text format.
import { z } from 'zod'
import type { AdminServer } from '../admin-server.ts'
import { EXPOSITION_TYPE } from '../metrics/exposition.ts'
import { Metrics, type MetricsSources } from '../metrics/metrics.ts'

const text = z.string().describe('The text format of Prometheus, version 0.0.4.')

export function addMetricsApi(app: AdminServer, sources: MetricsSources): void {
  const metrics = new Metrics(sources)
  app.get(
    '/metrics',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'What was counted, for Prometheus',
        tags: ['measures'],
        response: { 200: { description: 'Metrics.', content: { 'text/plain': { schema: text } } } },
      },
    },
    async (_request, reply) => reply.header('content-type', EXPOSITION_TYPE).send(await metrics.text()),
  )
}
