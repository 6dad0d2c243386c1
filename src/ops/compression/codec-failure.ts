// A compression stream that failed, in words a worker may read. The worker sees a TypeError.

export class CodecFailure extends TypeError {}
