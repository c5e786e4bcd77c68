/** A request as the host's process handles it: checked, handled, and its refusal in the words of the window. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { checkRequest } from '../../../electron/contract/check-request.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import { anyRefusalView } from '../../../electron/host/desk/desk-refusal.ts'
import type { Handlers } from '../../../electron/host/desk/handlers.ts'

export async function handleCall(handlers: Handlers, name: string, params: unknown): Promise<Result<unknown, RefusalView>> {
  const request = checkRequest(name, params)
  if (!request.ok) return request
  const handler = handlers[request.value.name] as (params: unknown) => ReturnType<Handlers[keyof Handlers]>
  const handled = await handler(request.value.params)
  return handled.ok ? ok(handled.value) : refuse(anyRefusalView(handled.error))
}
