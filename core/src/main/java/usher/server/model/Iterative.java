package usher.server.model;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import usher.server.Connected;
import usher.server.Model;
import usher.server.driver.Arrival;
import usher.server.driver.BlockingDriver;
import usher.server.driver.Crew;
import usher.server.driver.Door;
import usher.server.driver.House;
import usher.server.driver.Receiver;

/// `iterative`: one client at a time, from accept to close; the rest wait in the backlog.
///
/// ```
///   accept ──► serve to the end ──► accept …
///   receive ──► handle ──► reply ──► receive …
/// ```
///
/// One thread for everything that comes by a stream or is one datagram. Conversations in datagrams
/// wait in a queue for a thread of their own, so that a sender who asks again meanwhile is known to
/// wait already. Still one client or datagram at a time, whichever address it came to: the threads
/// share a chair.
final class Iterative implements Seating {
  private final BlockingDriver driver;
  private final Reception reception;
  private final Crew queue;
  private final Semaphore chair = new Semaphore(1, true);

  Iterative(House house, List<Entrance> entrances) {
    driver = new BlockingDriver(house);
    reception = new Reception(house, entrances, driver);
    queue = new Crew("usher-conversation-", house, 1, house.limits().queue());
  }

  @Override
  public List<Thread> start() throws IOException {
    return reception.start(
        new InPlace(),
        Receiver.Desk.here(packet -> inTurn(packet::runOnThread)),
        each -> queue.offer(new Turn(each)));
  }

  private void inTurn(Runnable service) {
    chair.acquireUninterruptibly();
    try {
      service.run();
    } finally {
      chair.release();
    }
  }

  /// A conversation that waits for its turn.
  private final class Turn implements Runnable {
    final Runnable service;

    Turn(Runnable service) {
      this.service = service;
    }

    @Override
    public void run() {
      inTurn(service);
    }
  }

  private final class InPlace implements Door.Place {
    @Override
    public void seat(Arrival arrival) {
      inTurn(() -> driver.serve(arrival));
      // A handler may leave its thread interrupted, which would close the next channel.
      boolean _ = Thread.interrupted();
    }

    @Override
    public boolean here() {
      return true;
    }
  }

  @Override
  public void stop() {
    reception.stop();
  }

  @Override
  public void drain(long parting) {
    reception.drain(parting);
  }

  @Override
  public List<Connected> connections(Model model) {
    return reception.connections(model);
  }

  @Override
  public void end() {
    List<Runnable> forgotten = queue.end();
    reception.end();
    for (Runnable waiting : forgotten) {
      // Its turn does not come any more: it finds the server ended and leaves.
      if (waiting instanceof Turn turn) {
        turn.service.run();
      }
    }
  }
}
