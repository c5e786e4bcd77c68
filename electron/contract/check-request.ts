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
  const problems = checked.error.issues.slice(0, PROBLEMS_SHOWN_MAX).map(({ path, message }) => `${path.map(String).join('.') || 'params'}: ${message}`)
  return refuse(badRequest('wrong-params', `${name}的参数不符:${problems.join('; ')}`, `params of ${name}: ${problems.join('; ')}`))
}

const badRequest = (kind: string, zh: string, en: string): RefusalView => ({
  kind,
  blame: 'bad-input',
  what: { zh, en },
  mend: null,
  today: null
})
