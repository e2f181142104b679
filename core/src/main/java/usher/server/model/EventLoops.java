package usher.server.model;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import usher.server.Connected;
import usher.server.DatagramHandler;
import usher.server.Model;
import usher.server.driver.Crew;
import usher.server.driver.Door;
import usher.server.driver.House;
import usher.server.driver.Loop;
import usher.server.driver.Packet;
import usher.server.driver.Receiver;
import usher.server.driver.Switchboard;
import usher.server.process.Pulse;
import usher.session.Peer;

/// `event-loop` and `event-loops`: N threads, each with non-blocking sockets and readiness from the
/// kernel; handlers run on the loop.
///
/// ```
///   loop 1: select ──► accept ──► the least loaded loop
///   loop n: select ──► read ──► session ──► write ──► select …
///   loop n: select ──► receive ──► handle ──► reply ──► receive … ──► select …
/// ```
///
/// Each loop has a socket of its own for datagrams where the system can share a port; the kernel
/// then spreads the senders. Otherwise the first loop receives. A conversation stays on the loop
/// that received its first datagram.
///
/// A handler that blocks stalls all clients of its loop; the probe sees it.
final class EventLoops implements Seating {
  /// Calls of a stack that are worth a line in a log.
  private static final int DEPTH = 6;

  private final String name;
  private final House house;
  private final List<Entrance> entrances;
  private final int size;
  private final @Nullable Crew crew;
  private final List<Loop> loops = new ArrayList<>();
  private List<Thread> threads = List.of();

  EventLoops(String name, House house, List<Entrance> entrances, int size, @Nullable Crew crew) {
    this.name = name;
    this.house = house;
    this.entrances = entrances;
    this.size = size;
    this.crew = crew;
  }

  @Override
  public List<Thread> start() throws IOException {
    for (int i = 0; i < size; i++) {
      loops.add(new Loop(house, entrances.getFirst().provider().openSelector(), crew));
    }
    for (Entrance entrance : entrances) {
      switch (entrance) {
        case Entrance.Streams(var listener, var protocol) ->
            new Door(loops.getFirst(), listener.channel(), protocol, Door.Place.on(loops)).open();
        case Entrance.Datagrams(var sockets, var handler) -> {
          for (int i = 0; i < sockets.size(); i++) {
            // Another model may have had more loops, or fewer.
            Loop loop = loops.get(i % size);
            new Receiver(loop, sockets.get(i), handler, desk(loop, handler)).open();
          }
        }
        case Entrance.Conversations(var sockets, var protocol, var directory) -> {
          for (int i = 0; i < sockets.size(); i++) {
            Switchboard.onLoop(loops.get(i % size), sockets.get(i), protocol, directory).open();
          }
        }
      }
    }
    Thread.Builder thread = Thread.ofPlatform().name("usher-" + name + "-", 0);
    threads = loops.stream().map(thread::start).toList();
    return threads;
  }

  @Override
  public Pulse pulse() {
    return new Pulse() {
      @Override
      public void feel(Runnable alive) {
        loops.forEach(loop -> loop.post(alive));
      }

      @Override
      public int loops() {
        return size;
      }

      @Override
      public Grip grip() {
        for (int i = 0; i < loops.size(); i++) {
          Peer holder = loops.get(i).holder();
          if (holder != null) {
            return new Grip(holder.remote(), stack(threads.get(i)));
          }
        }
        return new Grip("nobody", threads.stream().map(EventLoops::stack).collect(joining("; ")));
      }
    };
  }

  /// Where it is, from the first call that is not the JDK's own.
  private static String stack(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .dropWhile(call -> call.getClassName().startsWith("java"))
        .limit(DEPTH)
        .map(StackTraceElement::toString)
        .collect(joining(" < "));
  }

  private Receiver.Desk desk(Loop loop, DatagramHandler handler) {
    if (!handler.blocks()) {
      return Receiver.Desk.here(packet -> packet.runOn(loop));
    }
    return crew == null ? Receiver.Desk.here(packet -> hold(loop, packet)) : crew::offer;
  }

  private void hold(Loop loop, Packet packet) {
    long start = house.now();
    packet.runOn(loop);
    house.probe().held(packet, house.now() - start);
  }

  @Override
  public void stop() {
    house.permits().close();
    loops.forEach(Loop::stop);
  }

  @Override
  public void drain(long parting) {
    loops.forEach(loop -> loop.drain(parting));
  }

  @Override
  public List<Connected> connections(Model model) {
    return loops.stream().flatMap(loop -> loop.connections(model).stream()).toList();
  }

  @Override
  public void end() {
    loops.forEach(Loop::end);
  }
}
