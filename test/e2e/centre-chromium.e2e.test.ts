/** The window beside a centre, in a browser. */

import { openChromiumWindow } from './support/window.ts'
import { describeCentreWindow } from './window/describe-window.ts'

describeCentreWindow('Chromium at the door', openChromiumWindow)
