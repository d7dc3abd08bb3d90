/** Discovery documents, key sets and profiles need a hundredth of it. */
const mostBytes = 1024 * 1024

/**
 * Fetches a document that is known to be small. One that is not is given up: an identity provider may be a customer's own, and must not fill the memory
 * everybody is served from.
 */
export async function fetchSmall(url: string | URL, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    // Leaving the loop closes the connection.
    if (size > mostBytes) throw new Error(`the answer is longer than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  // Some statuses go without a body, even an empty one.
  const body = size === 0 ? null : Buffer.concat(chunks)
  return new Response(body, { status: response.status, headers: response.headers })
}
