/** A window that does nothing, and one with a bare table: what any program in this runtime costs. */

const { app, BrowserWindow } = require('electron')
const path = require('node:path')

const page = process.argv.find((argument) => argument.startsWith('--page='))?.slice('--page='.length) ?? 'empty'
const data = process.argv.find((argument) => argument.startsWith('--data='))?.slice('--data='.length)
if (data !== undefined) app.setPath('userData', data)

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false }
  })
  void window.loadFile(path.join(__dirname, `${page}.html`))
})
app.on('window-all-closed', () => app.quit())
