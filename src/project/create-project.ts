// A new project from one of the templates that are published beside the program.
import { globSync, readdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { IsopodError } from '../errors.ts'
import { assertName } from '../worker-name.ts'

export const TEMPLATES = ['hello', 'hono', 'kv', 'assets', 'cron', 'websocket'] as const
export type Template = (typeof TEMPLATES)[number]

export const TEMPLATES_FOLDER: string = join(import.meta.dirname, '..', '..', 'templates')

/** What templates call their worker. */
const NAME_IN_TEMPLATES = 'my-worker'

export interface CreateProjectOptions {
  readonly template: Template
  /** Of the worker. */
  readonly name: string
}

/**
 * Copies a template. The folder may exist if it is empty, a git repository without files aside.
 *
 * @returns the files, relative to the folder, sorted
 * @throws IsopodError `INVALID_OPTION`, `INVALID_WORKER_ID`
 */
export async function createProject(
  folder: string,
  { template, name }: CreateProjectOptions,
): Promise<readonly string[]> {
  if (!TEMPLATES.includes(template)) {
    throw new IsopodError('INVALID_OPTION', `There is no template "${template}"; there are ${TEMPLATES.join(', ')}.`)
  }
  assertName(name, 'worker')
  await mkdir(folder, { recursive: true })
  const present = readdirSync(folder).find((entry) => entry !== '.git')
  if (present !== undefined) {
    throw new IsopodError('INVALID_OPTION', `${resolve(folder)} is not empty: it has ${present}. Nothing was written.`)
  }
  const source = join(TEMPLATES_FOLDER, template)
  const files = globSync('**/*', { cwd: source, withFileTypes: true, exclude: ['**/node_modules'] })
  const written = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
  return (await Promise.all(written.map((from) => copy(from, { source, folder, name })))).toSorted()
}

async function copy(
  from: string,
  { source, folder, name }: { readonly source: string; readonly folder: string; readonly name: string },
): Promise<string> {
  // npm leaves files that are called .gitignore out of what it publishes.
  const file = relative(source, from)
    .split(sep)
    .join('/')
    .replace(/(^|\/)gitignore$/, '$1.gitignore')
  const to = join(folder, file)
  await mkdir(dirname(to), { recursive: true })
  const text = await readFile(from, 'utf8')
  await writeFile(to, text.replaceAll(NAME_IN_TEMPLATES, name))
  return file
}
