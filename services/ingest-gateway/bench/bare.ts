import { listen } from '@worksights/runtime'
import express from 'express'

// The least an Express service can do with a webhook: take the raw body and answer 200. Prints its port.

const app = express().disable('x-powered-by').disable('etag')
app.post('/webhooks/attio/:endpointId', express.raw({ type: () => true }), (_request, response) => {
  response.status(200).end()
})
const { port } = await listen(app, { port: 0, host: '127.0.0.1' })
process.stdout.write(`${port}\n`)
