package usher.server.model;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import usher.server.Connected;
import usher.server.Model;
import usher.server.driver.BlockingDriver;
import usher.server.driver.House;

/// `virtual-threads`: a loop accepts and hands each connection to a new virtual thread.
///
/// ```
///   accept ──► new virtual thread ──► serve to the end
///   receive ──► new virtual thread ──► handle a datagram
/// ```
///
/// Blocking code at the price of a coroutine. What bounds it are the seats, not a pool.
final class VirtualThreads implements Seating {
  private final House house;
  private final BlockingDriver driver;
  private final Reception reception;

  VirtualThreads(House house, List<Entrance> entrances) {
    this.house = house;
    driver = new BlockingDriver(house);
    reception = new Reception(house, entrances, driver);
  }

  @Override
  public List<Thread> start() throws IOException {
    ThreadFactory threads = Thread.ofVirtual().name("usher-connection").factory();
    house.lag().start();
    return reception.start(
        arrival -> threads.newThread(() -> driver.serve(arrival)).start(),
        packet -> begin(threads, packet::runOnThread),
        conversation -> begin(threads, conversation));
  }

  private static boolean begin(ThreadFactory threads, Runnable task) {
    threads.newThread(task).start();
    return true;
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
    house.lag().end();
    reception.end();
  }
}
