// A configuration file's text, held against the schema of its format. All that is wrong is told at once.
import { z } from 'zod'
import { type ConfigPath, type ConfigProblem, type ConfigText, showPath } from './config-text.ts'
import { CONFIG_SCHEMAS } from './config-schema.ts'
import { nearName } from './near-name.ts'

type Format = keyof typeof CONFIG_SCHEMAS

const ARTICLES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

/** For what the schema has no words of its own. */
function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_type') return undefined
  return issue.input === undefined ? 'is missing' : `must be ${ARTICLES[issue.expected] ?? issue.expected}`
}

/** @throws IsopodError `CONFIG_INVALID` */
export function parseConfig(text: ConfigText, format: Format): object {
  const schema = CONFIG_SCHEMAS[format]
  const result = schema.safeParse(text.value, { error: describeIssue })
  if (result.success) return result.data as object
  throw text.invalid(result.error.issues.flatMap((issue) => problemsOf(issue, schema)))
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType): ConfigProblem[] {
  const path = issue.path as ConfigPath
  if (issue.code !== 'unrecognized_keys') {
    const subject = path.length === 0 ? 'the file' : `"${showPath(path)}"`
    return [{ path, reason: `${subject} ${issue.message}` }]
  }
  const known = knownKeys(schema, path)
  const isTopLevel = new Set(knownKeys(schema, []))
  return issue.keys.map((key) => {
    const near = nearName(key, known)
    const hint =
      path[0] === 'env' && path.length === 2 && isTopLevel.has(key)
        ? '; it belongs at the top level'
        : near === undefined
          ? ''
          : `; did you mean "${near}"?`
    return { path, key, reason: `unknown key "${showPath([...path, key])}"${hint}` }
  })
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
}

/** What an object at a path may hold. */
function knownKeys(schema: z.ZodType, path: ConfigPath): readonly string[] {
  let at: JsonSchema | undefined = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema
  for (const part of path) {
    const others: JsonSchema | undefined =
      typeof at?.additionalProperties === 'object' ? at.additionalProperties : undefined
    at = typeof part === 'number' ? at?.items : (at?.properties?.[part] ?? others)
  }
  return Object.keys(at?.properties ?? {})
}
