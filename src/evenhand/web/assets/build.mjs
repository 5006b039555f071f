// Builds ../static/evenhand from scss/ and govuk-frontend; with --compare, says what differs.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const modules = process.env.EVENHAND_NODE_MODULES ?? join(here, 'node_modules')
const { compile } = createRequire(join(modules, 'index.js'))('sass')
const govuk = join(modules, 'govuk-frontend/dist/govuk')
const shipped = join(here, '../static/evenhand')

const { css } = compile(join(here, 'scss/evenhand.scss'), {
  loadPaths: [govuk, join(here, 'scss')],
  style: 'compressed'
})
for (const unwanted of ['GDS Transport', '@font-face', 'url(']) {
  if (css.includes(unwanted)) throw new Error(`The style sheet must not contain ${unwanted}`)
}
const built = {
  'evenhand.css': css + '\n',
  // Without the source map's address: the map is not shipped.
  'govuk-frontend.min.js': readFileSync(join(govuk, 'govuk-frontend.min.js'), 'utf8')
    .replace(/\n?\/\/# sourceMappingURL=.*\n?$/, '\n')
}
let differs = false
for (const [name, text] of Object.entries(built)) {
  const path = join(shipped, name)
  if (!process.argv.includes('--compare')) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) {
    differs = true
    console.error(`${name} differs from a fresh build`)
  }
}
process.exit(differs ? 1 : 0)
