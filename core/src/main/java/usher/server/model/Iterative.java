package usher.server.model;

import java.io.IOException;
import java.util.List;
import usher.server.driver.Arrival;
import usher.server.driver.BlockingDriver;
import usher.server.driver.Door;
import usher.server.driver.House;
import usher.server.driver.Packet;
import usher.server.driver.Receiver;

/// `iterative`: one client at a time, from accept to close; the rest wait in the backlog.
///
/// ```
///   accept ──► serve to the end ──► accept …
///   receive ──► handle ──► reply ──► receive …
/// ```
///
/// One thread for everything, and so one client or datagram at a time, whichever address it came
/// to.
final class Iterative implements Seating {
  private final BlockingDriver driver;
  private final Reception reception;

  Iterative(House house, List<Entrance> entrances) {
    driver = new BlockingDriver(house);
    reception = new Reception(house, entrances, driver);
  }

  @Override
  public List<Thread> start() throws IOException {
    return reception.start(new InPlace(driver), Receiver.Desk.here(Packet::runOnThread));
  }

  private record InPlace(BlockingDriver driver) implements Door.Place {
    @Override
    public void seat(Arrival arrival) {
      driver.serve(arrival);
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
  public void end() {
    reception.end();
  }
}
