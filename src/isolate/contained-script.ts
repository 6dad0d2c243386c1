// A tenant's script as V8 gets it. A bundle's script does nothing but register its program, but whoever deploys may send
// another: what it throws must not leave it, since isolated-vm copies what is thrown outside of any time limit, and a
// getter of what is thrown may never return.
//
// A script that compiles on its own cannot close the block it is put into; control makes sure that it does.
const BEFORE = 'try{'
const AFTER = '\n}catch{}'

/** Lines stay what they are; so do columns, with `columnOffset`. */
export function containScript(source: string): string {
  return `${BEFORE}${source}${AFTER}`
}

export const CONTAINED_COLUMN_OFFSET: number = -BEFORE.length
