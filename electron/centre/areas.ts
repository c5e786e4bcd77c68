/** Every area of the centre beside the app's own routes, in the order in which a request meets them. */

import { registerLoads } from '../../settlement/centre/load/routes.ts'
import { registerReconcile } from '../../settlement/centre/reconcile/routes.ts'
import type { Register } from '../../settlement/centre/serve/centre-app.ts'

export const AREAS: readonly Register[] = [registerLoads, registerReconcile]
