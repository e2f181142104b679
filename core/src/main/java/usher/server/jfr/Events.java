package usher.server.jfr;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// The events of [FlightProbe]. Those whose length is not that of a piece of code say it in a
/// field.
final class Events {
  private Events() {}

  @Name("usher.Connection")
  @Label("Connection")
  @Category("usher")
  @StackTrace(false)
  static final class Connection extends Event {
    @Label("Remote")
    String remote = "";

    @Label("Local")
    String local = "";

    @Label("Cause of the end")
    String cause = "";
  }

  @Name("usher.Call")
  @Label("Call of user code")
  @Category("usher")
  @StackTrace(false)
  static final class Call extends Event {
    @Label("Remote")
    String remote = "";

    @Label("Waited")
    @Timespan
    long waited;

    @Label("Took")
    @Timespan
    long took;
  }

  @Name("usher.Refused")
  @Label("Refused")
  @Category("usher")
  @StackTrace(false)
  static final class Refused extends Event {
    @Label("Why")
    String why = "";
  }

  @Name("usher.Dropped")
  @Label("Datagram dropped")
  @Category("usher")
  @StackTrace(false)
  static final class Dropped extends Event {
    @Label("Why")
    String why = "";
  }

  @Name("usher.Blocked")
  @Label("Handler holds its thread")
  @Category("usher")
  @StackTrace(false)
  static final class Held extends Event {
    @Label("Remote")
    String remote = "";

    @Label("At what")
    String task = "";

    @Label("On an event loop")
    boolean loop;

    @Label("Thread held")
    String thread = "";

    @Label("Held for at least")
    @Timespan
    long heldFor;

    @Label("Its calls, the innermost first")
    String stack = "";
  }

  @Name("usher.Round")
  @Label("Busy round of a loop")
  @Category("usher")
  @StackTrace(false)
  static final class Round extends Event {
    @Label("Busy")
    @Timespan
    long busy;
  }

  @Name("usher.Failure")
  @Label("Failure")
  @Category("usher")
  @StackTrace(false)
  static final class Failure extends Event {
    @Label("Remote")
    String remote = "";

    @Label("What was thrown")
    String thrown = "";
  }
}
