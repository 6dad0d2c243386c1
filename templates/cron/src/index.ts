interface ScheduledController {
  readonly cron: string
  /** Unix time in milliseconds. */
  readonly scheduledTime: number
}

export default {
  scheduled({ cron, scheduledTime }: ScheduledController): void {
    console.log(`${cron} was due at ${new Date(scheduledTime).toISOString()}`)
  },
}
