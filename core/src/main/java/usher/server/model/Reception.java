package usher.server.model;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import usher.server.driver.Acceptor;
import usher.server.driver.BlockingDriver;
import usher.server.driver.House;
import usher.server.driver.Loop;
import usher.server.driver.Receiver;
import usher.server.driver.Switchboard;

/// What the blocking models have in common: an acceptor thread for each listener, one thread that
/// receives all datagrams, and the driver.
///
/// Datagrams come in by a loop here as well. A thread that is blocked in a receive can be let go
/// only by closing the socket, and handlers in flight still answer through it when a server drains.
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
  List<Thread> start(
      Acceptor.Place clients, Receiver.Desk datagrams, Predicate<Runnable> conversations)
      throws IOException {
    driver.start();
    for (Entrance entrance : entrances) {
      if (entrance instanceof Entrance.Conversations(var sockets, var protocol)) {
        Switchboard.Place place = line -> conversations.test(() -> driver.serve(line));
        for (DatagramChannel socket : sockets) {
          new Switchboard(loop(), socket, protocol, place).open();
        }
      }
      if (entrance instanceof Entrance.Datagrams(var sockets, var handler)) {
        for (DatagramChannel socket : sockets) {
          new Receiver(loop(), socket, handler, datagrams).open();
        }
      }
    }
    List<Thread> threads = new ArrayList<>();
    if (loop != null) {
      threads.add(Thread.ofPlatform().name("usher-receiver").start(loop));
    }
    for (Entrance entrance : entrances) {
      if (entrance instanceof Entrance.Streams(var listener, var protocol)) {
        Acceptor acceptor = new Acceptor(house, listener, protocol, clients);
        threads.add(Thread.ofPlatform().name("usher-acceptor").start(acceptor));
      }
    }
    return threads;
  }

  private Loop loop() throws IOException {
    Loop made = loop;
    if (made == null) {
      made = new Loop(house, Selector.open(), null);
      loop = made;
    }
    return made;
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
