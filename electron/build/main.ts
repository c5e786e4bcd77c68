/** npm run build */

import { build } from './build.ts'

process.stdout.write((await build()) === 'fresh' ? 'dist/ is up to date\n' : 'built dist/\n')
