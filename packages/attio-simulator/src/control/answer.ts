import type { NextFunction, Request, Response } from 'express'
import { z } from 'zod'
import { ApiError } from '../api/errors.ts'

/** What a control route refuses, with the HTTP status to say it. */
export class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Turns what a control route throws into JSON that says what to do: 400 with the path of each bad field, 404, or Attio's own refusal. */
export function answerControlError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) next(error)
  else if (error instanceof z.ZodError)
    response.status(400).json({
      error: 'The request does not fit. See GET /_simulator/ for what each route takes.',
      issues: error.issues.map(issue => ({ path: issue.path.join('.'), message: issue.message })),
    })
  else if (error instanceof Refusal) response.status(error.status).json({ error: error.message })
  else if (error instanceof ApiError) response.status(error.status).json({ error: error.message, attio: error.body('status_code') })
  else if (error instanceof Error && 'status' in error && typeof error.status === 'number')
    response.status(error.status).json({ error: error.message })
  else next(error)
}
