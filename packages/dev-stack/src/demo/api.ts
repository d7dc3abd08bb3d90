import { z } from 'zod'

/** Somebody at the timeline API: a base address and how to get a token, asked again when one has run out. */
export type Api = {
  url: string
  token(): Promise<string>
  call<T>(method: 'GET' | 'POST', path: string, schema: z.ZodType<T>, body?: unknown): Promise<T>
}

export class ApiError extends Error {
  readonly status: number
  readonly code: string | undefined
  constructor(message: string, status: number, code: string | undefined) {
    super(message)
    this.status = status
    this.code = code
  }
}

const problem = z.object({ title: z.string(), detail: z.string().optional(), code: z.string().optional() })

export function openApi(url: string, token: () => Promise<string>): Api {
  return {
    url,
    token,
    async call(method, path, schema, body) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await token()}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      })
      if (!response.ok) throw await toError(`${method} ${path}`, response)
      return schema.parse(await response.json())
    },
  }
}

/** Reads the API's problem document, or whatever stands in its place. */
export async function toError(request: string, response: Response): Promise<ApiError> {
  const text = await response.text()
  const parsed = problem.safeParse(parseJson(text))
  const reason = parsed.success ? [parsed.data.title, parsed.data.detail].filter(Boolean).join(': ') : text.slice(0, 300)
  return new ApiError(`${request} answered ${response.status}: ${reason}`, response.status, parsed.data?.code)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
