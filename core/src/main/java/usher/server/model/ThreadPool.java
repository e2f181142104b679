package usher.server.model;

import java.io.IOException;
import java.util.List;
import usher.server.Connected;
import usher.server.Model;
import usher.server.Probe.Refusal;
import usher.server.driver.Arrival;
import usher.server.driver.BlockingDriver;
import usher.server.driver.House;

/// `thread-pool`: a fixed number of platform threads take connections from a bounded queue.
///
/// ```
///   accept ───► queue ──► one of N threads ──► serve to the end
///                 └─ full: told that the server is busy
///   receive ──► the same queue ──► one of N threads ──► handle a datagram, or converse to the end
///                 └─ full: dropped
/// ```
///
/// A client that is idle occupies its thread: choose N for the clients that are connected at once.
final class ThreadPool implements Seating {
  private final BlockingDriver driver;
  private final Reception reception;
  private final Pool pool;

  ThreadPool(House house, List<Entrance> entrances, int size) {
    driver = new BlockingDriver(house);
    reception = new Reception(house, entrances, driver);
    pool = new Pool(house, "usher-pool-", size);
  }

  @Override
  public List<Thread> start() throws IOException {
    return reception.start(this::seat, packet -> pool.offer(packet::runOnThread), pool::offer);
  }

  private void seat(Arrival arrival) {
    if (!pool.offer(() -> driver.serve(arrival))) {
      driver.refuse(arrival, Refusal.QUEUE_FULL);
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
    // Datagrams that still wait in the queue find their socket closed and leave.
    pool.end();
    reception.end();
  }
}
