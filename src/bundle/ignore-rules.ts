// Which paths of a folder are left out, by lines as in a .gitignore: `*.map`, `/drafts/`, `docs/**/internal`, `!keep.map`.
// The last line that fits decides. A folder that is left out is not looked into.

export interface EntryOfFolder {
  /** Relative to the folder, with slashes. */
  readonly path: string
  readonly type: 'file' | 'folder'
}

interface Rule {
  readonly pattern: RegExp
  readonly effect: 'leave out' | 'take in'
  readonly onlyFolders: 'yes' | 'no'
}

export function parseIgnoreRules(text: string): (entry: EntryOfFolder) => boolean {
  const rules = text.split(/\r?\n/).flatMap((line) => parseRule(line) ?? [])
  return ({ path, type }) => {
    const rule = rules.findLast(({ onlyFolders, pattern }) => {
      return (onlyFolders === 'no' || type === 'folder') && pattern.test(path)
    })
    return rule?.effect === 'leave out'
  }
}

function parseRule(line: string): Rule | undefined {
  const text = line.trim()
  if (text === '' || text.startsWith('#')) return undefined
  const effect = text.startsWith('!') ? 'take in' : 'leave out'
  const body = text.replace(/^!/, '').replace(/^\\/, '')
  const path = body.replace(/\/+$/, '')
  const onlyFolders = path === body ? 'no' : 'yes'
  // Without a slash in it, it fits in any folder.
  const prefix = path.includes('/') ? '' : '(?:.*/)?'
  return { pattern: new RegExp(`^${prefix}${toPattern(path.replace(/^\//, ''))}$`), effect, onlyFolders }
}

function toPattern(glob: string): string {
  return glob.replaceAll(/\*\*\/|\/\*\*$|\*+|\?|[.+^${}()|[\]\\]/g, (token) => {
    switch (token) {
      case '**/':
        return '(?:[^/]+/)*'
      case '/**':
        return '/.*'
      case '?':
        return '[^/]'
      default:
        return token.startsWith('*') ? '[^/]*' : `\\${token}`
    }
  })
}
