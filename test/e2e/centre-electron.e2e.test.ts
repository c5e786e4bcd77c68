/** The window beside a centre, in real Electron. */

import { openElectronWindow } from './support/window.ts'
import { describeCentreWindow } from './window/describe-window.ts'

describeCentreWindow('Electron', openElectronWindow)
