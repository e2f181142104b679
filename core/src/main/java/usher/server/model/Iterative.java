package usher.server.model;

import java.io.IOException;
import java.util.List;
import usher.server.Connected;
import usher.server.Model;
import usher.server.Probe.Refusal;
import usher.server.driver.Arrival;
import usher.server.driver.BlockingDriver;
import usher.server.driver.Chair;
import usher.server.driver.Door;
import usher.server.driver.House;
import usher.server.driver.Packet;
import usher.server.driver.Receiver;

/// `iterative`: one client at a time, from accept to close; the rest wait in the backlog.
///
/// ```
///   the chair is free ──► accept ──► the thread serves to the end ──► the chair is free …
///                     └─► receive ──► handle ──► reply ──► the chair is free …
/// ```
///
/// One thread for all clients, and one client or datagram at a time, whichever address it came to.
/// The thread that accepts is another one, so that listening ends at once when the server ends or
/// changes its model, whoever is served meanwhile. Conversations in datagrams wait in a queue for
/// the thread, so that a sender who asks again meanwhile is known to wait already.
final class Iterative implements Seating {
  private final BlockingDriver driver;
  private final Reception reception;
  private final Pool thread;
  private final Chair chair = new Chair();

  Iterative(House house, List<Entrance> entrances) {
    driver = new BlockingDriver(house);
    reception = new Reception(house, entrances, driver);
    thread = new Pool(house, "usher-iterative-", 1);
  }

  @Override
  public List<Thread> start() throws IOException {
    return reception.start(
        new OnChair(), Receiver.Desk.here(Packet::runOnThread, chair), this::converse);
  }

  private final class OnChair implements Door.Place {
    @Override
    public Chair chair() {
      return chair;
    }

    @Override
    public void seat(Arrival arrival) {
      if (!offer(() -> driver.serve(arrival))) {
        driver.refuse(arrival, Refusal.QUEUE_FULL);
        chair.give();
      }
    }
  }

  private boolean converse(Runnable conversation) {
    chair.claim();
    if (!offer(conversation)) {
      chair.give();
      return false;
    }
    return true;
  }

  /// Has the thread do this, and then give the chair back.
  private boolean offer(Runnable service) {
    return thread.offer(
        () -> {
          try {
            service.run();
          } finally {
            chair.give();
          }
        });
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
    thread.end();
    reception.end();
    // They find the server ended and leave; the thread may be held by a handler.
    thread.runRest();
  }
}
