// Errors as Node's modules throw them: programs tell them apart by `code`.

export function codedTypeError(code: string, message: string): TypeError {
  return Object.assign(new TypeError(message), { code })
}
