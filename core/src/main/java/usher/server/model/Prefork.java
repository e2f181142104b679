package usher.server.model;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import usher.server.Model;
import usher.server.Processes;
import usher.server.driver.House;
import usher.server.process.Childhood;
import usher.server.process.Nursery;
import usher.server.process.Staffing;

/// `prefork`: N processes that accept from one listening socket, each serving its clients by
/// another model.
///
/// ```
///   parent:  bind ──► N children ──► one ends ──► another …
///   child:   accept, or receive ──► as the inner model says
/// ```
///
/// A handler shares memory with the clients of its own process only, and takes down only them. With
/// several addresses there are N children for each. Datagrams are counted in the children only, but
/// for those that are dropped.
final class Prefork implements Seating {
  private final Nursery nursery;

  Prefork(House house, Processes ways, int ordinal, List<Entrance> entrances, Model.Prefork model)
      throws IOException {
    nursery =
        new Nursery(
            house,
            ways,
            model,
            ordinal,
            Entrance.heirlooms(entrances),
            () -> new Staffing.Fixed(model.children()));
  }

  @Override
  public List<Thread> start() throws IOException {
    return nursery.start();
  }

  @Override
  public void stop() {
    nursery.stop();
  }

  @Override
  public void drain(long parting) {
    nursery.drain(parting);
  }

  @Override
  public void end() {
    nursery.end();
  }

  /// In the child.
  static final class Part {
    private final House house;
    private final Processes ways;
    private final Childhood child;
    private final Seating inner;
    private final boolean datagrams;

    Part(House house, Processes ways, Childhood child, Entrance entrance, Model inner) {
      this.house = house;
      this.ways = ways;
      this.child = child;
      this.inner = Seating.of(inner, house, List.of(entrance));
      this.datagrams = entrance instanceof Entrance.Datagrams;
    }

    void serve() throws IOException {
      CompletableFuture<Long> told = new CompletableFuture<>();
      child.watch(told::complete);
      inner.start();
      child.ready();
      child.beat(inner.pulse(), ways.silence().toNanos());
      long parting = told.join();
      if (datagrams) {
        // What has been received is answered by the socket; nothing more is received.
        house.permits().close();
      } else {
        // Closing loses nobody: who was accepted at this moment takes a seat and is served.
        child.closeListener();
      }
      inner.drain(parting);
      house.permits().awaitEmpty(Long.MAX_VALUE);
      child.exit();
    }
  }
}
