package usher.server.driver;

import org.jspecify.annotations.Nullable;
import usher.session.Session;
import usher.session.Step;

/// A call of a session on a loop, run by the crew; its outcome comes back to the loop as a letter.
///
/// @param asked when the last byte of its request came
record CrewCall(
    ReadinessConnection connection,
    Session origin,
    Step.Call call,
    long asked,
    @Nullable Ticket ticket)
    implements Work {
  @Override
  public Client client() {
    return connection;
  }

  @Override
  public void run() {
    connection.post(
        origin, call.key(), connection.perform(call.task(), asked, connection.house.now(), ticket));
  }

  @Override
  public void forget() {
    if (ticket != null) {
      ticket.refused();
    }
  }
}
