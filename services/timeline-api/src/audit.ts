import { type AuditNote, recordAudit, type Scope } from '@worksights/database'
import { requestIdOf } from '@worksights/runtime'
import type { Response } from 'express'
import type { Principal } from './auth/principal.ts'

/** Writes a line of the audit trail for whoever asks; to be called in the transaction of what was done. */
export type Audit = (scope: Scope, note: AuditNote) => Promise<void>

/** The audit of one request. */
export function auditOf(principal: Principal, response: Response): Audit {
  const actor = principal.user
    ? { userId: principal.user.id, name: principal.user.name ?? principal.user.email }
    : { userId: null, name: principal.subject }
  return (scope, note) => recordAudit(scope, { ...note, organizationId: scope.organizationId, actor, requestId: requestIdOf(response) })
}
