/** No camera, place, clipboard reading, device or outside program: the page needs none, so none is ever asked of a person. */

import type { Session } from 'electron'

export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}
