package usher.server;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import usher.server.driver.House;
import usher.server.model.Entrance;
import usher.server.model.Seating;
import usher.session.Session;

/// A model at work in a server, in a wing of the house of its own, so that its clients are known
/// from those of the model before and after it.
///
/// ```
///   begin ──► seats who comes ──finish──► serves who is there ──the last has gone──► over
///                  └────────────────────end──────┴─────────────────────────────────► over
/// ```
record Shift(Model model, House wing, Seating seating, List<Thread> threads) {
  static Shift begin(Model model, House house, Processes ways, String tag, List<Entrance> entrances)
      throws IOException {
    House wing = house.wing();
    Seating seating = Seating.of(model, wing, ways, tag, entrances);
    try {
      return new Shift(model, wing, seating, seating.start());
    } catch (Throwable thrown) {
      wing.permits().end();
      seating.end();
      throw thrown;
    }
  }

  List<Connected> connections() {
    return seating.connections(model);
  }

  Seated seated() {
    return new Seated(model, wing.permits().seated());
  }

  /// Lets nobody else in, and ends when the last client has gone.
  ///
  /// @param over told then
  void finish(Consumer<Shift> over) {
    seating.stop();
    seating.drain(Session.UNHURRIED);
    Thread.ofVirtual()
        .name("usher-shift")
        .start(
            () -> {
              if (wing.permits().awaitEmpty(Long.MAX_VALUE)) {
                seating.end();
                over.accept(this);
              }
            });
  }

  /// Cuts who is left. The sockets are closed already.
  void end() {
    wing.permits().end();
    seating.end();
  }
}
