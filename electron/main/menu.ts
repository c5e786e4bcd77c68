/**
 * No menu where a window can be without one. Electron's own would bring links to the web and keys that the counter has for
 * itself; macOS takes copy, paste and quit from a menu, so there it has these.
 */

import { Menu, type MenuItemConstructorOptions } from 'electron'

const MAC_MENU: MenuItemConstructorOptions[] = [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]

/** Before the app is ready: Electron makes its own only when there is none by then. */
export const setMenu = (platform: NodeJS.Platform): void => Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate(MAC_MENU) : null)
