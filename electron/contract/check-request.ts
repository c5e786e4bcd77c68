/** A request as it came over a boundary, against the schemas. A refusal names the field and the rule, never the value: it may be a PIN. */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { RefusalView } from './refusal-view.ts'
import { isRequestName, REQUESTS, type Params, type RequestName } from './requests.ts'

export interface CheckedRequest {
  readonly name: RequestName
  readonly params: Params<RequestName>
}

const NAME_SHOWN_MAX = 40
const PROBLEMS_SHOWN_MAX = 3

export function checkRequest(name: unknown, params: unknown): Result<CheckedRequest, RefusalView> {
  if (!isRequestName(name)) {
    const shown = typeof name === 'string' ? `"${name.slice(0, NAME_SHOWN_MAX)}"` : `a ${typeof name}`
    return refuse(badRequest('unknown-request', `没有名为${shown}的请求`, `there is no request named ${shown}`))
  }
  const checked = REQUESTS[name].safeParse(params)
  if (checked.success) return ok({ name, params: checked.data })
  const problems = checked.error.issues.slice(0, PROBLEMS_SHOWN_MAX).map(({ path, message }) => ({ field: path.map(String).join('.') || 'params', message }))
  const rules = problems.map(({ field, message }) => `${field}: ${message}`).join('; ')
  // A schema says its rules in English, to whoever wrote the request.
  return refuse({ ...badRequest('wrong-params', `${name}的参数不符：${problems.map(({ field }) => field).join('、')}`, `params of ${name}: ${rules}`), detail: rules })
}

const badRequest = (kind: string, zh: string, en: string): RefusalView => ({
  kind,
  blame: 'bad-input',
  what: { zh, en },
  mend: null,
  today: null
})
