package usher.server.model;

import java.io.IOException;
import java.util.List;
import usher.server.Connected;
import usher.server.Model;
import usher.server.driver.Crew;
import usher.server.driver.House;
import usher.server.process.Pulse;

/// `event-loop-workers`: the loop does the I/O, handlers that block run on a pool, and their
/// results come back to the loop as events.
///
/// ```
///   loop:  select ──► read ──► session ──► write ──► select …
///                                │  ▲
///                     blocking   ▼  │  outcome
///                       bounded queue ──► one of N workers
///                           └─ full: the session answers that it is busy; a datagram is dropped
/// ```
final class EventLoopWorkers implements Seating {
  private final Crew crew;
  private final EventLoops loop;

  EventLoopWorkers(House house, List<Entrance> entrances, int workers) {
    crew = new Crew("usher-worker-", house, workers, house.limits().queue());
    loop = new EventLoops("event-loop", house, entrances, 1, crew);
  }

  @Override
  public List<Thread> start() throws IOException {
    return loop.start();
  }

  @Override
  public Pulse pulse() {
    return loop.pulse();
  }

  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public void drain(long parting) {
    loop.drain(parting);
  }

  @Override
  public List<Connected> connections(Model model) {
    return loop.connections(model);
  }

  @Override
  public void end() {
    crew.end();
    loop.end();
  }
}
