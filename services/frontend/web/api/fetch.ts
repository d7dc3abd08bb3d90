/**
 * `fetch` that gives up on an answer that is not there `withinMs` after it was asked for, with a DOMException named TimeoutError: a browser by itself waits for
 * minutes. Longer than the API lets anything take before it answers 504. Streams of events never end; their readers see when they say nothing.
 */
export function fetchInTime(request: Request, withinMs = 30_000): Promise<Response> {
  if (request.headers.get('accept') === 'text/event-stream') return fetch(request)
  return fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(withinMs)]) })
}

export function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError'
}
