// A request to the control API that cannot be done as asked. `more` goes into the answer beside the
// reason.
export class ControlError extends Error {
  constructor(status, reason, more = {}) {
    super(reason);
    this.status = status;
    this.more = more;
  }
}
