/** The page is the same in Electron and in a browser, so its looks are judged once: in the browser, where axe is newest. */

import { openChromiumWindow } from './support/window.ts'
import { describeLooks } from './window/looks.contract.ts'

describeLooks(openChromiumWindow)
