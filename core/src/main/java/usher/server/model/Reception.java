package usher.server.model;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import usher.server.Connected;
import usher.server.Model;
import usher.server.driver.BlockingDriver;
import usher.server.driver.Door;
import usher.server.driver.House;
import usher.server.driver.Loop;
import usher.server.driver.Receiver;
import usher.server.driver.Switchboard;

/// What the blocking models have in common: one thread that accepts and receives for all listeners
/// and sockets, and the driver.
///
/// Clients and datagrams come in by a loop here as well. A thread that is blocked in an accept or a
/// receive can be let go only by closing the socket, which others may go on to use: see [Door].
final class Reception {
  private final House house;
  private final List<Entrance> entrances;
  private final BlockingDriver driver;
  private @Nullable Loop loop;

  Reception(House house, List<Entrance> entrances, BlockingDriver driver) {
    this.house = house;
    this.entrances = entrances;
    this.driver = driver;
  }

  /// @param conversations runs what it is given, at once or when its turn comes; false if there is
  ///   no room for it
  List<Thread> start(Door.Place clients, Receiver.Desk datagrams, Predicate<Runnable> conversations)
      throws IOException {
    driver.start();
    Loop made = new Loop(house, entrances.getFirst().provider().openSelector(), null);
    loop = made;
    for (Entrance entrance : entrances) {
      switch (entrance) {
        case Entrance.Streams(var listener, var protocol) ->
            new Door(made, listener.channel(), protocol, clients).open();
        case Entrance.Datagrams(var sockets, var handler) -> {
          for (DatagramChannel socket : sockets) {
            new Receiver(made, socket, handler, datagrams).open();
          }
        }
        case Entrance.Conversations(var sockets, var protocol, var directory) -> {
          Switchboard.Place place = line -> conversations.test(() -> driver.serve(line));
          for (DatagramChannel socket : sockets) {
            new Switchboard(made, socket, protocol, directory, place).open();
          }
        }
      }
    }
    return List.of(Thread.ofPlatform().name("usher-reception").start(made));
  }

  void stop() {
    house.permits().close();
    if (loop != null) {
      loop.stop();
    }
  }

  List<Connected> connections(Model model) {
    return driver.connections(model);
  }

  void drain(long parting) {
    driver.drain(parting);
    if (loop != null) {
      loop.drain(parting);
    }
  }

  void end() {
    driver.end();
    if (loop != null) {
      loop.end();
    }
  }
}
