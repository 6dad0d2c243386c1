import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The licences of npm packages that were bundled, which the bundles no longer show. */
export function licensesOf(moduleIds: readonly string[]): string {
  const packages = new Set<string>()
  for (const id of moduleIds) {
    const match = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)
    if (match?.[1] !== undefined) packages.add(match[1])
  }
  const texts = [...packages].toSorted().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const [file] = globSync('LICEN[CS]E*', { cwd: folder })
    const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8')
    return `${name} ${version} (${license})\n\n${text}`
  })
  return texts.join('\n----\n')
}
