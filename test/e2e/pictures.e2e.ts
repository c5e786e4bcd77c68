/** Every screen and dialog of real Electron as a picture, in both languages, light and dark: `npm run pictures`, for people to look at. */

import { openElectronWindow } from './support/window.ts'
import { describeLooks } from './window/looks.contract.ts'

describeLooks(openElectronWindow)
