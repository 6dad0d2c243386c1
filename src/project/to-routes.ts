// Which requests beside those to its own host name a worker gets: host name and path.
import type { IsopodSection } from './config-section.ts'
import type { ConfigPath, ConfigProblem } from './config-text.ts'

interface Routes {
  readonly routes: readonly string[]
  readonly problems: readonly ConfigProblem[]
}

export function toRoutes({ route, routes }: IsopodSection, placeOf: (key: string) => ConfigPath): Routes {
  const problems: ConfigProblem[] = []
  if (route !== undefined && routes !== undefined) {
    problems.push({ path: placeOf('route'), reason: '"route" and "routes" are one thing; give either' })
  }
  const given = route === undefined ? (routes ?? []) : [route]
  const patterns = given.flatMap(({ pattern, custom_domain: isDomain = false, enabled = true }, i) => {
    const plain = pattern.replace(/^https?:\/\//, '')
    if (!isDomain) return [plain]
    if (/[/*]/.test(plain)) {
      const path = route === undefined ? [...placeOf('routes'), i] : placeOf('route')
      problems.push({ path, reason: `the custom domain "${pattern}" must be a host name alone` })
    }
    return enabled ? [`${plain}/*`] : []
  })
  return { routes: [...new Set(patterns)], problems }
}
