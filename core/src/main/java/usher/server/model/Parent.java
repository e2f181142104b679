package usher.server.model;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import usher.server.Connected;
import usher.server.Model;
import usher.server.Processes;
import usher.server.driver.House;
import usher.server.process.Nursery;
import usher.server.process.Staffing;

/// A model of several processes, in the process that started the server: it serves nobody itself.
///
/// ```
///   bind ──► children ──► one has ended, or has its client ──► another …
/// ```
///
/// What the models differ in is how many children there are, and what a child does: [Prefork],
/// [ProcessPerConnection].
final class Parent implements Seating {
  private final Nursery nursery;

  /// @param tag which of the program's servers this is
  /// @param staffing how many children each listening socket has
  Parent(
      House house,
      Processes ways,
      Model model,
      String tag,
      List<Entrance> entrances,
      Supplier<? extends Staffing> staffing)
      throws IOException {
    nursery = new Nursery(house, ways, model, tag, Entrance.heirlooms(entrances), staffing);
  }

  @Override
  public List<Thread> start() throws IOException {
    return nursery.start();
  }

  @Override
  public void stop() {
    nursery.stop();
  }

  @Override
  public void drain(long parting) {
    nursery.drain(parting);
  }

  @Override
  public List<Connected> connections(Model model) {
    return nursery.connections(model);
  }

  @Override
  public void end() {
    nursery.end();
  }
}
