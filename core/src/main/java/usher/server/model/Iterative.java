package usher.server.model;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import usher.server.driver.BlockingDriver;
import usher.server.driver.Crew;
import usher.server.driver.House;
import usher.server.driver.Receiver;

/// `iterative`: one client at a time, from accept to close; the rest wait in the backlog.
///
/// ```
///   accept ──► serve to the end ──► accept …        (one thread)
///   receive ──► handle ──► reply ──► receive …      (datagrams)
/// ```
///
/// Conversations in datagrams wait in a queue for their turn, so that a sender who asks again
/// meanwhile is known to wait already. With several listeners there is a thread for each, and still
/// one client or datagram at a time.
final class Iterative implements Seating {
  private final BlockingDriver driver;
  private final Reception reception;
  private final Crew queue;
  private final Semaphore chair = new Semaphore(1, true);

  Iterative(House house, List<Entrance> entrances) {
    driver = new BlockingDriver(house);
    reception = new Reception(house, entrances, driver);
    queue = new Crew("usher-conversation-", 1, house.limits().queue());
  }

  @Override
  public List<Thread> start() throws IOException {
    return reception.start(
        (channel, protocol) -> inTurn(() -> driver.serve(channel, protocol)),
        Receiver.Desk.here(this::inTurn),
        conversation -> queue.offer(new Turn(conversation)));
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

  private void inTurn(Runnable service) {
    chair.acquireUninterruptibly();
    try {
      service.run();
    } finally {
      chair.release();
    }
  }

  @Override
  public void drain(long parting) {
    reception.drain(parting);
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
