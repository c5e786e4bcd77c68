/** The same window in a real Chromium, over the loopback door. */

import { openChromiumWindow } from './support/window.ts'
import { describeWindow } from './window/describe-window.ts'

describeWindow('Chromium at the door', openChromiumWindow)
