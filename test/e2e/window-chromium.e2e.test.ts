/** The same window in a real Chromium, over the loopback door. The page is the same in both, so its looks are judged once, here, where axe is newest. */

import { openChromiumWindow } from './support/window.ts'
import { describeWindow } from './window/describe-window.ts'
import { describeLooks } from './window/looks.contract.ts'

describeWindow('Chromium at the door', openChromiumWindow)
describeLooks(openChromiumWindow)
