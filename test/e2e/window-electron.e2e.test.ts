/** The window in real Electron. */

import { openElectronWindow } from './support/window.ts'
import { describeWindow } from './window/describe-window.ts'

describeWindow('Electron', openElectronWindow)
