package usher.server.model;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import usher.server.Connected;
import usher.server.Model;
import usher.server.driver.BlockingDriver;
import usher.server.driver.House;

/// `thread-per-connection`: a loop accepts and hands each connection to a new platform thread.
///
/// ```
///   accept ──► new thread ──► serve to the end
///   receive ──► new thread ──► handle a datagram
/// ```
///
/// As many threads as [usher.session.Limits#connections] allows.
final class ThreadPerConnection implements Seating {
  private final BlockingDriver driver;
  private final Reception reception;

  ThreadPerConnection(House house, List<Entrance> entrances) {
    driver = new BlockingDriver(house);
    reception = new Reception(house, entrances, driver);
  }

  @Override
  public List<Thread> start() throws IOException {
    ThreadFactory threads = Thread.ofPlatform().daemon().name("usher-connection-", 0).factory();
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
    reception.end();
  }
}
