package usher.server.model;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import usher.server.driver.BlockingDriver;
import usher.server.driver.House;
import usher.server.driver.Receiver;

/// `iterative`: one client at a time, from accept to close; the rest wait in the backlog.
///
/// ```
///   accept ──► serve to the end ──► accept …        (one thread)
///   receive ──► handle ──► reply ──► receive …      (datagrams)
/// ```
///
/// With several listeners there is a thread for each, and still one client or datagram at a time.
final class Iterative implements Seating {
  private final BlockingDriver driver;
  private final Reception reception;
  private final Semaphore chair = new Semaphore(1, true);

  Iterative(House house, List<Entrance> entrances) {
    driver = new BlockingDriver(house);
    reception = new Reception(house, entrances, driver);
  }

  @Override
  public List<Thread> start() throws IOException {
    return reception.start(
        (channel, protocol) -> inTurn(() -> driver.serve(channel, protocol)),
        Receiver.Desk.here(this::inTurn));
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
    reception.end();
  }
}
