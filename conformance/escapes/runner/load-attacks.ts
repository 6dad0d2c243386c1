// Finds the attacks: every file under `attacks/<class>/` is one.
import { globSync } from 'node:fs'
import { join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Attack, ATTACK_CLASSES, type AttackClass } from '../attack.ts'

export interface NamedAttack extends Attack {
  readonly class: AttackClass
  /** `class/file-name`. */
  readonly name: string
}

const folder = join(import.meta.dirname, '..', 'attacks')

/** Those whose name matches, by class in the order of the table, then by name. */
export async function loadAttacks(pattern: RegExp): Promise<NamedAttack[]> {
  const order = Object.keys(ATTACK_CLASSES)
  const files = globSync('*/*.ts', { cwd: folder }).map((file) => file.replaceAll(sep, '/').slice(0, -'.ts'.length))
  const names = files
    .filter((name) => pattern.test(name))
    .toSorted((a, b) => order.indexOf(classOf(a)) - order.indexOf(classOf(b)) || (a < b ? -1 : 1))
  return await Promise.all(names.map(loadAttack))
}

async function loadAttack(name: string): Promise<NamedAttack> {
  const { attack } = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as { readonly attack: Attack }
  return { ...attack, class: classOf(name), name }
}

function classOf(name: string): AttackClass {
  const [first = ''] = name.split('/')
  if (Object.hasOwn(ATTACK_CLASSES, first)) return first as AttackClass
  throw new Error(`"${name}" is in a folder that is no class of attacks`)
}
