/** What a bare Electron lacks and Electron's own default app does: it opens the program that its command line names. */

const { app } = require('electron')
const fs = require('node:fs')
const path = require('node:path')

const words = process.argv.slice(1)
while (words[0]?.startsWith('-')) {
  const [word, module] = words
  if (word === '-r') require(path.resolve(module))
  words.splice(0, word === '-r' ? 2 : 1)
}
const program = path.resolve(words[0] ?? '.')
const described = path.join(program, 'package.json')
if (fs.existsSync(described)) {
  const { name, version, main } = JSON.parse(fs.readFileSync(described, 'utf8'))
  app.setName(name)
  app.setVersion(version ?? '0.0.0')
  app.setAppPath(program)
  require(path.join(program, main))
} else {
  require(program)
}
