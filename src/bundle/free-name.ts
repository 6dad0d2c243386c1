/** A name that a text does not hold. */
export function freeName(name: string, code: string): string {
  let free = name
  for (let number = 1; code.includes(free); number += 1) free = `${name}${number}`
  return free
}
